// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.kafka;

/**
 * The names of a pipeline's topics and applications.
 *
 * @param pipeline the prefix
 */
public record TopicNames(String pipeline) {
  /**
   * @return records after scrubbing, keyed by person; restricted
   */
  public String scrubbed() {
    return pipeline + ".scrubbed";
  }

  /**
   * @return k-anonymous records, keyed by cell
   */
  public String anonymized() {
    return pipeline + ".anonymized";
  }

  /**
   * @param consumer a consumer of the config
   * @return that consumer's aggregates, keyed by query
   */
  public String aggregates(String consumer) {
    return pipeline + ".aggregates." + consumer;
  }

  /**
   * @return every release and refusal, kept for ever
   */
  public String ledger() {
    return pipeline + ".ledger";
  }

  /**
   * @return records that could not be treated, encrypted
   */
  public String deadLetters() {
    return pipeline + ".dead-letters";
  }

  /**
   * @return how the pipeline is run, compacted
   */
  public String arrangement() {
    return pipeline + ".arrangement";
  }

  /**
   * @return application id of the scrubber
   */
  public String scrubApplication() {
    return pipeline + ".scrub";
  }

  /**
   * @return application id of the anonymizer
   */
  public String anonymizeApplication() {
    return pipeline + ".anonymize";
  }

  /**
   * @return application id of the aggregator
   */
  public String aggregateApplication() {
    return pipeline + ".aggregate";
  }

  /**
   * @return application id of all stages in one
   */
  public String fusedApplication() {
    return pipeline + ".fused";
  }
}
