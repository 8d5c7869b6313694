// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.run;

import io.cloister.common.config.SourceConfig;
import io.cloister.common.kafka.TopicNames;
import java.util.List;
import java.util.Locale;

/** A stage of the pipeline. */
public enum Stage {
  /** Raw events to scrubbed records. */
  SCRUB,
  /** Scrubbed records to k-anonymous ones. */
  ANONYMIZE,
  /** Scrubbed records to private aggregates. */
  AGGREGATE;

  /**
   * @param names the pipeline's names
   * @return application id of this stage when it is an application of its own
   */
  String applicationId(TopicNames names) {
    return switch (this) {
      case SCRUB -> names.scrubApplication();
      case ANONYMIZE -> names.anonymizeApplication();
      case AGGREGATE -> names.aggregateApplication();
    };
  }

  /**
   * @param setup what is run
   * @return the topics that this stage reads
   */
  List<String> reads(PipelineSetup setup) {
    return this == SCRUB
        ? setup.config().source().map(SourceConfig::topics).orElse(List.of())
        : List.of(setup.names().scrubbed());
  }

  /**
   * @return the name in metrics and on the command line
   */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
