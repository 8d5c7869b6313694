// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

/** Finds halves of surrogate pairs, which readers of text treat in different ways. */
final class Surrogates {
  private static final int ESCAPE_LENGTH = 6;

  private Surrogates() {}

  /**
   * @param text any text
   * @return whether it holds half a pair
   */
  static boolean lone(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!pair) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  /**
   * @param json JSON text without halves of pairs outside its escapes
   * @return whether its escapes hold half a pair, in a value or in a key
   */
  static boolean loneEscape(String json) {
    boolean high = false;
    int first = json.indexOf('\\');
    int i = first < 0 ? json.length() : first;
    while (i < json.length()) {
      int escaped = json.charAt(i) == '\\' ? escaped(json, i) : -1;
      boolean low =
          escaped >= Character.MIN_LOW_SURROGATE && escaped <= Character.MAX_LOW_SURROGATE;
      if (low != high) {
        return true;
      }
      high = escaped >= Character.MIN_HIGH_SURROGATE && escaped <= Character.MAX_HIGH_SURROGATE;
      i += json.charAt(i) != '\\' ? 1 : escaped < 0 ? 2 : ESCAPE_LENGTH;
    }
    return high;
  }

  /** The character of a \\u escape, -1 where there is none. */
  private static int escaped(String json, int start) {
    if (start + ESCAPE_LENGTH > json.length() || json.charAt(start + 1) != 'u') {
      return -1;
    }
    int value = 0;
    for (int i = start + 2; i < start + ESCAPE_LENGTH; i++) {
      int digit = Character.digit(json.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }
}
