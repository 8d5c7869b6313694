// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Where the demo writes: plain lines that read well on a terminal and in a file. */
final class Screen {
  /** Wider tables are harder to read, not easier. */
  private static final int WIDEST = 140;

  private static final int NARROWEST = 78;
  private static final int UNKNOWN = 118;

  private final PrintWriter out;
  private final Palette palette;
  private final int width;
  private final InstantSource clock;

  /**
   * @param out where to
   * @param palette colours
   * @param columns width of the terminal, 0 when there is none
   * @param clock measures how long steps take
   */
  Screen(PrintWriter out, Palette palette, int columns, InstantSource clock) {
    this.out = out;
    this.palette = palette;
    this.width = columns == 0 ? UNKNOWN : Math.max(NARROWEST, Math.min(WIDEST, columns));
    this.clock = clock;
  }

  /**
   * @param environment of which {@code COLUMNS} counts, the width of the terminal
   */
  static Screen of(
      PrintWriter out, Palette palette, Map<String, String> environment, InstantSource clock) {
    String columns = environment.getOrDefault("COLUMNS", "");
    int width = columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : 0;
    return new Screen(out, palette, width, clock);
  }

  Palette palette() {
    return palette;
  }

  int width() {
    return width;
  }

  void blank() {
    out.println();
    out.flush();
  }

  void title(String text) {
    out.println();
    out.println(palette.bold(text));
    out.println();
    out.flush();
  }

  void lines(List<String> lines) {
    lines.forEach(out::println);
    out.flush();
  }

  /** A sentence or two, wrapped. */
  void text(String text) {
    TextTable.wrap(text, width).forEach(line -> out.println(palette.dim(line)));
    out.flush();
  }

  /** What is about to happen now, and how long it took once it has. */
  <T> T step(String name, Supplier<T> work) {
    out.print("  " + name + " ... ");
    out.flush();
    Instant start = clock.instant();
    T result = work.get();
    Duration took = Duration.between(start, clock.instant());
    out.printf(Locale.ROOT, "%.1f s%n", took.toMillis() / 1000.0);
    out.flush();
    return result;
  }
}
