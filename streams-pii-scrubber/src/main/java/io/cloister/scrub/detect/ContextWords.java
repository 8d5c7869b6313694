// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.detect;

import java.util.List;
import java.util.Locale;

/** Words that, shortly before a number, say what it is. */
final class ContextWords {
  private static final int REACH = 32;

  private final List<String> words;

  /**
   * @param words in lower case
   */
  ContextWords(String... words) {
    this.words = List.of(words);
  }

  boolean before(String text, int start) {
    String near = text.substring(Math.max(0, start - REACH), start).toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(near::contains);
  }
}
