// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Plain bytes are parsed without making a text of them first; nothing else may differ. */
class JsonPathsAgreeTest {
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"a\"",
          "\"b\"",
          "\"a\":1",
          "\"\"",
          "0",
          "-0",
          "01",
          "1e5",
          "1E+400",
          "-1.50",
          "12345678901234567890",
          "1.",
          ".5",
          "+1",
          "true",
          "false",
          "null",
          "nul",
          "NaN",
          "Infinity",
          " ",
          "\n",
          "\t",
          "\u0001",
          "\u007f",
          "//x",
          "'a'",
          "\"a\tb\"",
          "\"\u0001\"",
          "#",
          "\"longer key with spaces\":\"and a value\"");

  @Property(tries = 3000)
  void bothPathsGiveTheSameTreeOrTheSameFailure(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    if (random.nextInt(3) > 0) {
      wellFormed(text, random, 4);
    }
    List<String> mutations = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      mutations.add(PIECES.get(random.nextInt(PIECES.size())));
    }
    mutations.forEach(piece -> text.insert(random.nextInt(text.length() + 1), piece));
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    assertThat(Utf8.isPlain(bytes)).isTrue();

    assertThat(plain(bytes)).isEqualTo(strict(text.toString()));
  }

  /** Keys whose fourth and fifth words have one sum fall together in the parser's table. */
  @Test
  void keysMadeToCollideAreReadAllTheSame() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < 4096; i++) {
      char[] words = "keykeykeykeyMMMMMMMM".toCharArray();
      for (int digit = 0; digit < 4; digit++) {
        int moved = (i >> (3 * digit)) & 7;
        words[12 + digit] += (char) moved;
        words[16 + digit] -= (char) moved;
      }
      text.append(i == 0 ? "" : ",").append('"').append(words).append("\":").append(i);
    }
    byte[] json = text.append('}').toString().getBytes(StandardCharsets.UTF_8);

    assertThat(plain(json))
        .isInstanceOfSatisfying(ObjectNode.class, tree -> assertThat(tree).hasSize(4096))
        .isEqualTo(strict(text.toString()));
  }

  private static void wellFormed(StringBuilder text, Random random, int depth) {
    text.append('{');
    int fields = random.nextInt(4);
    for (int i = 0; i < fields; i++) {
      text.append(i == 0 ? "" : ", ").append("\"k").append(random.nextInt(5)).append("\": ");
      switch (random.nextInt(depth > 0 ? 5 : 3)) {
        case 0 -> text.append(random.nextInt());
        case 1 -> text.append('"').append(Long.toString(random.nextLong(), 36)).append('"');
        case 2 -> text.append(random.nextGaussian());
        case 3 -> text.append("[1, null, {\"x\": true}]");
        default -> wellFormed(text, random, depth - 1);
      }
    }
    text.append('}');
  }

  private static Object plain(byte[] json) {
    try {
      return JsonTreeReader.readPlain(json);
    } catch (UntreatableRecordException e) {
      return e.kind();
    }
  }

  private static Object strict(String json) {
    try {
      return JsonTreeReader.read(json);
    } catch (UntreatableRecordException e) {
      return e.kind();
    }
  }
}
