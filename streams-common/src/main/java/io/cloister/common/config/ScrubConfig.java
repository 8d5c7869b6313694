// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import io.cloister.common.config.bind.Default;
import io.cloister.common.config.bind.Doc;
import io.cloister.common.path.FieldPath;
import java.util.Map;

/** What happens to each field of a raw event. */
@Doc("What happens to each field of a raw event.")
public record ScrubConfig(
    @Doc("What happens to fields that are not listed.") @Default("drop") Unlisted unlisted,
    @Doc("Field path to treatment.") Map<FieldPath, Treatment> fields) {

  /** What happens to fields that are not listed. */
  public enum Unlisted {
    /** Not passed on. */
    @Doc("Not passed on.")
    DROP,
    /** Text is searched for personal data, other values are kept. */
    @Doc("Text is searched for personal data and what is found replaced; other values are kept.")
    SCAN,
    /** Passed on as they are. */
    @Doc("Passed on as they are: only for sources that are known to hold nothing personal.")
    KEEP
  }
}
