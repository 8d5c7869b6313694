// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 65_536, 200_000})
  void linesAreTheSameWhateverArrivesAtOnce(int chunk) throws IOException {
    String longLine = "x".repeat(70_000);
    String text = "one\n\ntwo\r\n" + longLine + "\nlast";

    assertThat(lines(text, 100_000, chunk)).containsExactly("one", "", "two\r", longLine, "last");
  }

  @Test
  void aLineFeedAtTheEndBeginsNoFurtherLine() throws IOException {
    assertThat(lines("a\nb\n", 10, 100)).containsExactly("a", "b");
    assertThat(lines("", 10, 100)).isEmpty();
  }

  @Test
  void ofALongLineNoMoreIsHeldThanTellsItIsTooLong() throws IOException {
    assertThat(lines("123456\n12345\n1", 4, 3)).containsExactly("12345", "12345", "1");
  }

  private static List<String> lines(String text, int maxBytes, int chunk) throws IOException {
    InputStream slow =
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
          @Override
          public int read(byte[] bytes) {
            return super.read(bytes, 0, Math.min(chunk, bytes.length));
          }
        };
    LineReader reader = new LineReader(slow, maxBytes);
    List<String> lines = new ArrayList<>();
    for (Optional<byte[]> line = reader.next(); line.isPresent(); line = reader.next()) {
      lines.add(new String(line.get(), StandardCharsets.UTF_8));
    }
    return lines;
  }
}
