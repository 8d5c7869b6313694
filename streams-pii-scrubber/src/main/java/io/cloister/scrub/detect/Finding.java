// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.detect;

/**
 * Personal data inside a text.
 *
 * @param type such as {@code EMAIL}
 * @param start where it begins, in UTF-16 code units
 * @param end where it ends, exclusive
 * @param score how sure it is, from 0 to 1
 */
public record Finding(String type, int start, int end, double score) {
  /** Refuses an empty range. */
  public Finding {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("a finding has a beginning and, after it, an end");
    }
  }

  int length() {
    return end - start;
  }
}
