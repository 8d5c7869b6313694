// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import io.cloister.common.config.bind.Default;
import io.cloister.common.config.bind.Doc;
import io.cloister.common.config.bind.Key;
import io.cloister.common.config.bind.Positive;
import io.cloister.common.config.bind.Range;
import io.cloister.common.path.FieldPath;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the anonymized stream hides each person among k. */
@Doc("How the anonymized stream hides each person among k.")
public record AnonymizeConfig(
    @Doc("How many distinct people share every released combination, at least 2.") @Range(min = 2)
        int k,
    @Doc("A person keeps one class for this long; aligned to 1970-01-01T00:00Z.")
        @Default("P1D")
        @Positive
        Duration epoch,
    @Doc("How long after its end an epoch still takes late events.") @Default("P1D") Duration grace,
    @Doc("How long a record may wait for others, at least PT0.2S.") @Default("PT2S") @Positive
        Duration maxDelay,
    @Doc("Fields whose values part the stream into independent regions.") @Default("[]")
        List<FieldPath> shardBy,
    @Doc("What becomes of people whose region has too few like them.") @Default("second-chance")
        SmallRegions smallRegions,
    @Doc("Fields that together could single a person out.")
        Map<FieldPath, QuasiIdentifier> quasiIdentifiers,
    @Doc("Fields that are released as they are, under conditions on the cell.") @Default("{}")
        Map<FieldPath, Sensitive> sensitive,
    @Doc("Further fields that analysts get as they are.") @Default("[]") List<FieldPath> publish,
    @Doc("What is released of the event time.") @Default("{}") Time time,
    @Doc("Whether classes of one epoch bind the next.") @Default("independent") Epochs epochs) {

  /**
   * @param other how many people share every released combination
   * @return the same section with this k
   */
  public AnonymizeConfig withK(int other) {
    return new AnonymizeConfig(
        other,
        epoch,
        grace,
        maxDelay,
        shardBy,
        smallRegions,
        quasiIdentifiers,
        sensitive,
        publish,
        time,
        epochs);
  }

  /**
   * @param others fields that together could single a person out
   * @return the same section with these quasi-identifiers
   */
  public AnonymizeConfig withQuasiIdentifiers(Map<FieldPath, QuasiIdentifier> others) {
    return new AnonymizeConfig(
        k, epoch, grace, maxDelay, shardBy, smallRegions, others, sensitive, publish, time, epochs);
  }

  /** A quasi-identifier. */
  @Doc("A quasi-identifier.")
  public record QuasiIdentifier(@Doc("How it is generalized.") HierarchyConfig hierarchy) {}

  /** Conditions on a cell for one sensitive field. */
  @Doc(
      "Conditions on a cell for one sensitive field, each person counted for one value. All hold"
          + " when the cell opens and after whoever joins it.")
  public record Sensitive(
      @Doc("How many distinct values a cell has at least.")
          @Default("1")
          @Key("l-diversity")
          @Range(min = 1)
          int lDiversity,
      @Doc(
              "The entropy of a cell's values is at least that of so many equally frequent ones;"
                  + " above 1.")
          @Key("entropy-l-diversity")
          Optional<BigDecimal> entropyLDiversity,
      @Doc("How far a cell's values may be from everybody's.") @Key("t-closeness")
          Optional<TCloseness> tCloseness) {
    /**
     * @return whether anything is asked of a cell
     */
    public boolean isConditional() {
      return lDiversity > 1 || entropyLDiversity.isPresent() || tCloseness.isPresent();
    }
  }

  /** How far a cell's values may be from everybody's. */
  @Doc("How far a cell's values may be from those of everybody who came in the epoch so far.")
  public record TCloseness(
      @Doc("The most that the values may be away, above 0 and below 1.") @Positive BigDecimal t,
      @Doc("How far two values are from each other.") @Default("equal") Distance distance,
      @Doc(
              "The values from lowest to highest, for an ordered distance; numbers need none. A"
                  + " record with a value that is not listed is not released.")
          @Default("[]")
          List<String> order) {}

  /** How far two values are from each other. */
  public enum Distance {
    /** All values are equally far. */
    @Doc("All values are equally far from each other.")
    EQUAL,
    /** As many steps as lie between them. */
    @Doc("As far as there are values between them, by number or by a list.")
    ORDERED
  }

  /** What is released of the event time. */
  @Doc("What is released of the event time.")
  public record Time(
      @Doc("The time is cut down to a multiple of this; at least a second.")
          @Default("PT1H")
          @Positive
          Duration truncate) {}

  /** What becomes of people whose region has too few like them. */
  public enum SmallRegions {
    /** They get a second chance. */
    @Doc(
        "They wait together for the second half of max-delay and are released without the values of"
            + " the shard fields, for the rest of the epoch.")
    SECOND_CHANCE,
    /** They are suppressed. */
    @Doc("They are suppressed.")
    SUPPRESS
  }

  /** Whether classes of one epoch bind the next. */
  public enum Epochs {
    /** Each epoch starts afresh. */
    @Doc("Each epoch starts afresh.")
    INDEPENDENT,

    /** A person's class contains the classes of earlier epochs. */
    @Doc(
        "A person's class contains that person's classes of earlier epochs, which are kept as long"
            + " as the state; a region is fixed for good.")
    NESTED
  }
}
