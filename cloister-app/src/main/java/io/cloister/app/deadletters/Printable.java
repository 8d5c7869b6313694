// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.deadletters;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Bytes of unknown origin as a text that no terminal takes for commands. */
public final class Printable {
  private Printable() {}

  /**
   * @param bytes any bytes
   * @return their text with control characters escaped; base64 of what is no UTF-8
   */
  public static String of(byte[] bytes) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return "base64:" + Base64.getEncoder().encodeToString(bytes);
    }
    StringBuilder safe = new StringBuilder(text.length());
    text.chars()
        .forEach(
            c -> {
              boolean command =
                  Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
              safe.append(command ? String.format("\\u%04x", c) : String.valueOf((char) c));
            });
    return safe.toString();
  }
}
