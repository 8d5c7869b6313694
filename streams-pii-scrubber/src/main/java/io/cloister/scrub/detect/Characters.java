// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.detect;

/** Questions about characters at a place, false beyond the ends of the text. */
final class Characters {
  private Characters() {}

  static boolean digitAt(String text, int at) {
    return at >= 0 && at < text.length() && isDigit(text.charAt(at));
  }

  static boolean wordAt(String text, int at) {
    return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
  }

  static boolean letterAt(String text, int at) {
    return at >= 0 && at < text.length() && Character.isLetter(text.charAt(at));
  }

  static boolean isAt(String text, int at, char wanted) {
    return at >= 0 && at < text.length() && text.charAt(at) == wanted;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isHex(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}
