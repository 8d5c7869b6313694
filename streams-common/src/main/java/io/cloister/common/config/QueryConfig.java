// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import io.cloister.common.config.bind.Default;
import io.cloister.common.config.bind.Doc;
import io.cloister.common.config.bind.Inline;
import io.cloister.common.config.bind.OrOne;
import io.cloister.common.config.bind.Positive;
import io.cloister.common.config.bind.Range;
import io.cloister.common.config.bind.ShortForm;
import io.cloister.common.path.FieldPath;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One question, asked of every window. */
@Doc("One question, asked of every window.")
public record QueryConfig(
    @Doc("What is measured.") MeasureConfig measure,
    @Doc("Fields that make a group.") @Default("[]") List<GroupKey> groupBy,
    @Doc("Which groups are released; without group-by there is one, of everybody.") @Default("{}")
        Groups groups,
    @Doc("Over what time.") Window window,
    @Doc("How much one person can contribute; enforced.") @Default("{}") Bounds bounds,
    @Doc("The distribution of the noise.") @Default("laplace") Noise noise,
    @Doc("Consumer to what its share of the answer costs.") Map<String, Share> consumers) {

  /** A field, or a field at a fixed level of its hierarchy. */
  @Doc("A field, or a field at a fixed level of its hierarchy.")
  @ShortForm
  public record GroupKey(
      @Doc("The field.") FieldPath field,
      @Doc("The level, 0 for the finest, of the hierarchy under anonymize.quasi-identifiers.")
          @Range(min = 0)
          Optional<Integer> level) {}

  /** Which groups are released, empty or not. */
  @Doc("Which groups are released, empty or not.")
  public record Groups(
      @Doc("Each group: a value, or a list of values in the order of group-by.") @Default("[]")
          List<GroupValues> declared) {}

  /**
   * The values of one group, in the order of group-by.
   *
   * @param values as written in the config
   */
  @Inline
  public record GroupValues(@Doc("The values.") @OrOne List<String> values) {}

  /** Windows of event time. */
  @Doc("Windows of event time, aligned to 1970-01-01T00:00Z.")
  public record Window(
      @Doc("Length of a window.") @Positive Duration tumbling,
      @Doc("How long after its end a window takes late events.") @Default("PT0S") Duration grace,
      @Doc("What closes a window; the same for all queries, since they share a budget.")
          @Default("wall")
          Clock clock) {}

  /** What closes a window. */
  public enum Clock {
    /** The broker's clock. */
    @Doc("The clock: nobody's event can close anybody's window.")
    WALL,
    /** The newest event time. */
    @Doc("The newest event time, for replays: one event can close everybody's window.")
    STREAM
  }

  /** How much one person can contribute to a window. */
  @Doc("How much one person can contribute to a window; what is beyond is not counted.")
  public record Bounds(
      @Doc("Groups a person counts in, first come first served.")
          @Default("1")
          @Range(min = 1, max = 1000000)
          int groupsPerPerson,
      @Doc("Events a person counts with in each of them.")
          @Default("1")
          @Range(min = 1, max = 1000000)
          int contributionsPerGroup) {}

  /** The distribution of the noise. */
  public enum Noise {
    /** Discrete Laplace. */
    @Doc("Discrete Laplace, exact: pure epsilon.")
    LAPLACE
  }

  /** What a consumer's share of the answer costs. */
  @Doc("What a consumer's share of the answer costs.")
  public record Share(
      @Doc("Epsilon of each release; consumers with the same epsilon share one release.") @Positive
          BigDecimal epsilon) {}
}
