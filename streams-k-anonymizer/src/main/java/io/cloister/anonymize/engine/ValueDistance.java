// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.List;
import java.util.TreeSet;

/**
 * The earth mover's distance between two distributions of a sensitive field: how much has to be
 * moved how far to make one the other, from 0 to 1 (Li, Li, Venkatasubramanian, ICDE 2007, section
 * 5). Worked out in whole numbers, so that it does not depend on the order of what was counted.
 */
public sealed interface ValueDistance {
  /**
   * @param cell the values in a cell
   * @param reference the values of everybody
   * @return their distance; 1, the most there is, where one of them is empty or the cell has a
   *     value that cannot be placed
   */
  double between(ValueCounts cell, ValueCounts reference);

  /** All values are equally far from each other (section 5.2). */
  record Equal() implements ValueDistance {
    @Override
    public double between(ValueCounts cell, ValueCounts reference) {
      if (cell.total() == 0 || reference.total() == 0) {
        return 1;
      }
      TreeSet<SensitiveValue> values = new TreeSet<>(cell.values());
      values.addAll(reference.values());
      long moved = 0;
      for (SensitiveValue value : values) {
        moved += Math.abs(surplus(cell, reference, value));
      }
      return moved / (2.0 * cell.total() * reference.total());
    }
  }

  /**
   * Values are as far from each other as there are values between them (section 5.1): of numbers,
   * all that the cell or the reference has.
   */
  record Numeric() implements ValueDistance {
    @Override
    public double between(ValueCounts cell, ValueCounts reference) {
      TreeSet<SensitiveValue> values = new TreeSet<>(cell.values());
      values.addAll(reference.values());
      values.removeIf(value -> !value.isNumber());
      return ordered(List.copyOf(values), cell, reference);
    }
  }

  /**
   * Values are as far from each other as there are values between them in a list.
   *
   * @param order every value, the lowest first
   */
  record Listed(List<SensitiveValue> order) implements ValueDistance {
    /** Copies the list. */
    public Listed {
      order = List.copyOf(order);
    }

    /**
     * @param texts every value, the lowest first
     * @return their order
     */
    public static Listed of(List<String> texts) {
      return new Listed(texts.stream().map(SensitiveValue::of).toList());
    }

    @Override
    public double between(ValueCounts cell, ValueCounts reference) {
      return ordered(order, cell, reference);
    }
  }

  private static double ordered(
      List<SensitiveValue> order, ValueCounts cell, ValueCounts reference) {
    long inCell = 0;
    long inReference = 0;
    for (SensitiveValue value : order) {
      inCell += cell.of(value);
      inReference += reference.of(value);
    }
    if (inCell == 0 || inCell < cell.total() || inReference == 0) {
      return 1;
    }
    long carried = 0;
    long moved = 0;
    for (SensitiveValue value : order) {
      carried += cell.of(value) * inReference - reference.of(value) * inCell;
      moved += Math.abs(carried);
    }
    return order.size() < 2 ? 0 : moved / ((double) inCell * inReference * (order.size() - 1));
  }

  private static long surplus(ValueCounts cell, ValueCounts reference, SensitiveValue value) {
    return cell.of(value) * reference.total() - reference.of(value) * cell.total();
  }
}
