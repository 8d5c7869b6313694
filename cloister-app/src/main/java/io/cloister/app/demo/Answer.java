// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import java.time.Instant;
import java.util.List;

/** What a consumer receives for one query and window. */
sealed interface Answer {
  /** What the answer is about. */
  Head head();

  /**
   * Query, consumer and window.
   *
   * @param query which query it answers
   * @param consumer who receives it
   * @param start when the window began
   * @param end when it ended
   */
  record Head(String query, String consumer, Instant start, Instant end) {}

  /**
   * Figures, and what they cost.
   *
   * @param head query, consumer and window
   * @param figures one a group
   * @param scale of the noise
   * @param charged epsilon
   * @param remaining epsilon that the consumer has left
   */
  record Released(Head head, List<Figure> figures, String scale, String charged, String remaining)
      implements Answer {}

  /**
   * No figures: the budget lacks what they cost.
   *
   * @param head query, consumer and window
   * @param requested epsilon
   * @param remaining epsilon
   */
  record Refused(Head head, String requested, String remaining) implements Answer {}

  /**
   * One group's figure.
   *
   * @param group the group's values
   * @param value with noise
   * @param low lower end of the 95% interval
   * @param high its upper end
   */
  record Figure(String group, String value, String low, String high) {}
}
