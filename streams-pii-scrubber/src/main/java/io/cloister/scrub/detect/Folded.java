// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.detect;

import java.util.Arrays;

/**
 * A text as the scanners read it: full-width forms, foreign digits, dashes and spaces as their
 * ASCII likes, invisible characters left out, since people and programs write all of them. Knows
 * where each character was.
 */
final class Folded {
  private final String text;
  private final String folded;

  /** Where each folded character begins in the text; empty when nothing was folded. */
  private final int[] starts;

  private Folded(String text, String folded, int[] starts) {
    this.text = text;
    this.folded = folded;
    this.starts = starts;
  }

  static Folded of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return fold(text);
      }
    }
    return new Folded(text, text, new int[0]);
  }

  private static Folded fold(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    int[] starts = new int[text.length()];
    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      int width = Character.charCount(character);
      int like = like(character);
      if (like != INVISIBLE) {
        starts[folded.length()] = at;
        if (Character.isBmpCodePoint(like)) {
          folded.append((char) like);
        } else {
          folded.appendCodePoint(like);
          starts[folded.length() - 1] = at;
        }
      }
      at += width;
    }
    return new Folded(text, folded.toString(), Arrays.copyOf(starts, folded.length()));
  }

  private static final int INVISIBLE = -1;

  private static int like(int c) {
    if (c < 0x80) {
      return c;
    }
    if (c >= 0xFF01 && c <= 0xFF5E) {
      return c - 0xFEE0;
    }
    return switch (Character.getType(c)) {
      case Character.DECIMAL_DIGIT_NUMBER -> '0' + Character.digit(c, 10);
      case Character.DASH_PUNCTUATION -> '-';
      case Character.SPACE_SEPARATOR -> ' ';
      case Character.FORMAT -> INVISIBLE;
      default ->
          switch (c) {
            case 0x2212 -> '-';
            case 0x3002, 0xFF61 -> '.';
            default -> c;
          };
    };
  }

  String text() {
    return folded;
  }

  /** The same finding in the text as it was written. */
  Finding unfold(Finding finding) {
    if (starts.length == 0) {
      return finding;
    }
    int last = starts[finding.end() - 1];
    int end = last + Character.charCount(text.codePointAt(last));
    return new Finding(finding.type(), starts[finding.start()], end, finding.score());
  }
}
