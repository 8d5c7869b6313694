// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Reads text strictly: no replacement characters, no guess at UTF-16, no encoded surrogates. */
final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  static String decode(byte[] bytes, int offset, int length) throws UntreatableRecordException {
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    // The fast decoder puts this in place of what it cannot read; rarely the input holds it itself.
    if (text.indexOf(REPLACEMENT) >= 0) {
      try {
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(bytes, offset, length));
      } catch (CharacterCodingException e) {
        throw new UntreatableRecordException(FailureKind.MALFORMED);
      }
    }
    return text;
  }

  /**
   * @param json JSON in UTF-8
   * @return whether something in it is escaped
   */
  static boolean holdsEscape(byte[] json) {
    for (byte octet : json) {
      if (octet == '\\') {
        return true;
      }
    }
    return false;
  }

  /**
   * @param json bytes that may be JSON
   * @return whether they can be read in one way only: ASCII that escapes nothing
   */
  static boolean isPlain(byte[] json) {
    for (byte octet : json) {
      if (octet <= 0 || octet == '\\') {
        return false;
      }
    }
    return true;
  }
}
