// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Splits a file at line feeds, without ever holding more of a line than is wanted of it. */
final class LineReader {
  private final InputStream in;
  private final int maxBytes;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int filled;

  /**
   * @param in the file
   * @param maxBytes of a longer line only the first {@code maxBytes + 1} bytes are given
   */
  LineReader(InputStream in, int maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  /** The next line without its end, absent after the last. */
  Optional<byte[]> next() throws IOException {
    if (at == filled && !fill()) {
      return Optional.empty();
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int end = at;
      while (end < filled && buffer[end] != '\n') {
        end++;
      }
      int wanted = Math.min(end - at, maxBytes + 1 - line.size());
      line.write(buffer, at, wanted);
      at = end;
      if (at < filled) {
        at++;
        return Optional.of(line.toByteArray());
      }
      if (!fill()) {
        return Optional.of(line.toByteArray());
      }
    }
  }

  private boolean fill() throws IOException {
    at = 0;
    filled = Math.max(0, in.read(buffer));
    return filled > 0;
  }
}
