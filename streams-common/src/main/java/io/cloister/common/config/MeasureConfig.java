// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import io.cloister.common.config.bind.Default;
import io.cloister.common.config.bind.Doc;
import io.cloister.common.config.bind.Range;
import io.cloister.common.path.FieldPath;
import java.math.BigDecimal;
import java.util.List;

/** What a query measures. */
@Doc("What a query measures.")
public sealed interface MeasureConfig {
  /** How many distinct people. */
  @Doc("How many distinct people.")
  record CountPeople() implements MeasureConfig {}

  /** How many events. */
  @Doc("How many events, after bounding each person's.")
  record Count() implements MeasureConfig {}

  /** The sum of a numeric field. */
  @Doc("The sum of a field, each value clamped and rounded, after bounding each person's events.")
  record Sum(
      @Doc("The numeric field.") FieldPath field,
      @Doc("The lowest and the highest value that counts; others are moved to the nearest.")
          List<BigDecimal> clamp,
      @Doc("Decimal places that count, 0 to 9.") @Default("0") @Range(min = 0, max = 9) int scale)
      implements MeasureConfig {}
}
