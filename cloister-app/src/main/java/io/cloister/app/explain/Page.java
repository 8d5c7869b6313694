// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.explain;

import java.util.ArrayList;
import java.util.List;

/** Lines of text of a readable width. */
final class Page {
  private static final int WIDTH = 96;

  private final List<String> lines = new ArrayList<>();

  void title(String text) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.add(text);
  }

  /** A paragraph; lines after the first stand two further in. */
  void say(int indent, String text) {
    StringBuilder line = new StringBuilder(" ".repeat(indent));
    boolean empty = true;
    for (String word : text.split(" ", -1)) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(indent + 2));
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString());
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
