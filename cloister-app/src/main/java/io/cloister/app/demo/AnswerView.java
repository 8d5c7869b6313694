// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import io.cloister.app.demo.TextTable.Cell;
import io.cloister.common.config.AggregateConfig;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows what consumers receive. */
final class AnswerView {
  private static final TextTable FIGURES = new TextTable(List.of(18, 10, 22));

  private static final DateTimeFormatter TIME_OF_DAY =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final AggregateConfig config;
  private final Palette palette;

  AnswerView(AggregateConfig config, Palette palette) {
    this.config = config;
    this.palette = palette;
  }

  /** Figures with their intervals, and what they cost. */
  List<String> lines(Answer.Released answer) {
    List<String> lines = new ArrayList<>();
    Answer.Head head = answer.head();
    lines.add(
        palette.bold(head.query()) + " for " + palette.bold(head.consumer()) + ", " + window(head));
    for (Answer.Figure figure : answer.figures()) {
      FIGURES
          .row(
              List.of(
                  Cell.plain("  " + figure.group()),
                  new Cell(right(figure.value(), 8), palette::bold),
                  Cell.plain("95%: " + figure.low() + " to " + figure.high())))
          .forEach(lines::add);
    }
    lines.add(
        "  charged epsilon "
            + answer.charged()
            + " (Laplace noise of scale "
            + answer.scale()
            + "); left to "
            + head.consumer()
            + ": "
            + palette.bold(answer.remaining())
            + " of "
            + quota(head.consumer()));
    return lines;
  }

  /** What was asked, and what is left. */
  List<String> lines(Answer.Refused answer) {
    Answer.Head head = answer.head();
    return List.of(
        palette.red("refused: ")
            + palette.bold(head.query())
            + " for "
            + palette.bold(head.consumer())
            + ", "
            + window(head),
        "  asked for epsilon "
            + answer.requested()
            + ", left are "
            + palette.bold(answer.remaining())
            + " of "
            + quota(head.consumer())
            + ": no figure is released");
  }

  /** One line, for the long run. */
  String line(Answer answer) {
    Answer.Head head = answer.head();
    String about = time(head.end()) + "  " + head.query() + " for " + head.consumer() + ": ";
    if (answer instanceof Answer.Released released) {
      return about
          + palette.green(released.figures().size() + " figures")
          + ", epsilon left "
          + released.remaining();
    }
    Answer.Refused refused = (Answer.Refused) answer;
    return about + palette.red("refused") + ", epsilon left " + refused.remaining();
  }

  private String quota(String consumer) {
    AggregateConfig.Quota quota = config.consumers().get(consumer);
    return quota == null ? "nothing" : quota.epsilon().stripTrailingZeros().toPlainString();
  }

  private static String window(Answer.Head head) {
    return "window " + time(head.start()) + " to " + time(head.end()) + " UTC";
  }

  private static String time(Instant instant) {
    return TIME_OF_DAY.format(instant);
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}
