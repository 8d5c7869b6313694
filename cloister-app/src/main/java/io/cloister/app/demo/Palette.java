// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import java.util.Map;

/**
 * Colours for a terminal, or none.
 *
 * @param coloured whether escape sequences are written
 */
record Palette(boolean coloured) {
  private static final String RESET = "\u001b[0m";

  /**
   * @param environment the environment, of which {@code NO_COLOR} and {@code TERM} count
   * @param terminal whether somebody looks at the output directly
   * @return colours where they can be seen and are wanted
   */
  static Palette of(Map<String, String> environment, boolean terminal) {
    boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
    return new Palette(terminal && !refused && !dumb);
  }

  String bold(String text) {
    return paint("\u001b[1m", text);
  }

  String dim(String text) {
    return paint("\u001b[2m", text);
  }

  String red(String text) {
    return paint("\u001b[31m", text);
  }

  String yellow(String text) {
    return paint("\u001b[33m", text);
  }

  String green(String text) {
    return paint("\u001b[32m", text);
  }

  private String paint(String code, String text) {
    return coloured && !text.isEmpty() ? code + text + RESET : text;
  }
}
