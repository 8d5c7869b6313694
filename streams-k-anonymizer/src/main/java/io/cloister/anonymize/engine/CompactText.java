// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

/**
 * Texts kept in as few bytes as they need: one for each ASCII character, two or three for others,
 * as in UTF-8, but for each UTF-16 unit by itself, so that any text comes back as it was. Compared
 * and hashed without being unpacked.
 */
final class CompactText {
  private CompactText() {}

  static byte[] of(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      length += length(text.charAt(i));
    }
    byte[] bytes = new byte[length];
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < 0x80) {
        bytes[at++] = (byte) unit;
      } else if (unit < 0x800) {
        bytes[at++] = (byte) (0xC0 | (unit >> 6));
        bytes[at++] = (byte) (0x80 | (unit & 0x3F));
      } else {
        bytes[at++] = (byte) (0xE0 | (unit >> 12));
        bytes[at++] = (byte) (0x80 | ((unit >> 6) & 0x3F));
        bytes[at++] = (byte) (0x80 | (unit & 0x3F));
      }
    }
    return bytes;
  }

  static String text(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (int at = 0; at < bytes.length; ) {
      char unit = unit(bytes, at);
      text.append(unit);
      at += length(unit);
    }
    return text.toString();
  }

  static boolean isSame(byte[] bytes, String text) {
    if (bytes.length == text.length()) {
      // Then the text is ASCII if it is the same at all; names differ at the end.
      for (int i = bytes.length - 1; i >= 0; i--) {
        if (bytes[i] != text.charAt(i)) {
          return false;
        }
      }
      return true;
    }
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (at >= bytes.length || unit(bytes, at) != unit) {
        return false;
      }
      at += length(unit);
    }
    return at == bytes.length;
  }

  /** What {@link String#hashCode} is for the text. */
  static int hash(byte[] bytes) {
    int hash = 0;
    for (int at = 0; at < bytes.length; ) {
      char unit = unit(bytes, at);
      hash = 31 * hash + unit;
      at += length(unit);
    }
    return hash;
  }

  private static int length(char unit) {
    return unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
  }

  private static char unit(byte[] bytes, int at) {
    int first = bytes[at];
    if (first >= 0) {
      return (char) first;
    }
    return (first & 0xE0) == 0xC0
        ? (char) (((first & 0x1F) << 6) | (bytes[at + 1] & 0x3F))
        : (char) (((first & 0x0F) << 12) | ((bytes[at + 1] & 0x3F) << 6) | (bytes[at + 2] & 0x3F));
  }
}
