// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloister.common.config.MeasureConfig;
import io.cloister.common.path.FieldPath;
import io.cloister.common.record.Scalars;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/** What one record adds to its group: an exact integer that depends on that record alone. */
public sealed interface Measure {
  /**
   * @param tree a record
   * @return what it adds, absent where it has no usable value
   */
  Optional<BigInteger> of(JsonNode tree);

  /**
   * @return the largest magnitude that a record can add
   */
  BigInteger magnitude();

  /**
   * @return how many decimal places the integers stand for
   */
  int scale();

  /** Whether a person counts in a group once, however many records there are. */
  default boolean oncePerPerson() {
    return this instanceof People;
  }

  /** How many distinct people. */
  record People() implements Measure {
    @Override
    public Optional<BigInteger> of(JsonNode tree) {
      return ONE;
    }

    @Override
    public BigInteger magnitude() {
      return BigInteger.ONE;
    }

    @Override
    public int scale() {
      return 0;
    }
  }

  /** How many records. */
  record Count() implements Measure {
    @Override
    public Optional<BigInteger> of(JsonNode tree) {
      return ONE;
    }

    @Override
    public BigInteger magnitude() {
      return BigInteger.ONE;
    }

    @Override
    public int scale() {
      return 0;
    }
  }

  /**
   * The sum of a field, clamped, then rounded half-even to fixed point. The magnitude, not the
   * distance of the clamps, bounds what a record adds: neighbours differ by a whole person, whose
   * records add between low and high to a sum that would otherwise lack them, and a value of high
   * adds high whatever low is.
   *
   * @param field the field
   * @param low the lowest value that counts
   * @param high the highest value that counts
   * @param scale decimal places
   */
  record Sum(FieldPath field, BigDecimal low, BigDecimal high, int scale) implements Measure {
    @Override
    public Optional<BigInteger> of(JsonNode tree) {
      return field.find(tree).flatMap(Scalars::number).map(this::fixedPoint);
    }

    @Override
    public BigInteger magnitude() {
      // Rounding is monotone, so no clamped value rounds beyond the rounded clamps.
      BigInteger largest = rounded(low).abs().max(rounded(high).abs());
      return largest.max(BigInteger.ONE);
    }

    private BigInteger fixedPoint(BigDecimal value) {
      return rounded(value.max(low).min(high));
    }

    private BigInteger rounded(BigDecimal value) {
      return value.setScale(scale, RoundingMode.HALF_EVEN).unscaledValue();
    }
  }

  /** The unit contribution, ready made. */
  Optional<BigInteger> ONE = Optional.of(BigInteger.ONE);

  /**
   * @param config a measure of the config
   * @return the measure
   */
  static Measure of(MeasureConfig config) {
    if (config instanceof MeasureConfig.Sum sum) {
      return new Sum(sum.field(), sum.clamp().get(0), sum.clamp().get(1), sum.scale());
    }
    return config instanceof MeasureConfig.Count ? new Count() : new People();
  }
}
