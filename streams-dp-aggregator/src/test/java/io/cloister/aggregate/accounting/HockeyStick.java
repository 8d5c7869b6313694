// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.accounting;

import static io.cloister.aggregate.accounting.Exact.DIGITS;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * The exact delta of a mechanism and its compositions: sums over all outcomes, to 60 digits.
 * Outcomes with the same ratio are one; their losses are whole multiples of some unit.
 */
final class HockeyStick {
  private final TreeMap<Integer, Pair> outcomes = new TreeMap<>();

  private record Pair(BigDecimal with, BigDecimal without) {
    Pair plus(Pair other) {
      return new Pair(with.add(other.with, DIGITS), without.add(other.without, DIGITS));
    }

    Pair times(Pair other) {
      return new Pair(with.multiply(other.with, DIGITS), without.multiply(other.without, DIGITS));
    }
  }

  static HockeyStick randomizedResponse(BigDecimal epsilon) {
    HockeyStick pair = new HockeyStick();
    BigDecimal low = BigDecimal.ONE.divide(BigDecimal.ONE.add(Exact.exp(epsilon)), DIGITS);
    BigDecimal high = BigDecimal.ONE.subtract(low);
    pair.put(1, new Pair(high, low));
    pair.put(-1, new Pair(low, high));
    return pair;
  }

  static HockeyStick discreteLaplace(BigDecimal scale, int shift) {
    BigDecimal q = Exact.exp(BigDecimal.ONE.divide(scale, DIGITS).negate());
    BigDecimal top = BigDecimal.ONE.subtract(q).divide(BigDecimal.ONE.add(q), DIGITS);
    HockeyStick pair = new HockeyStick();
    int reach = scale.intValue() * 60 + shift + 60;
    for (int x = -reach; x <= reach; x++) {
      int loss = Math.max(-shift, Math.min(shift, 2 * x - shift));
      pair.put(
          loss,
          new Pair(
              top.multiply(q.pow(Math.abs(x - shift), DIGITS), DIGITS),
              top.multiply(q.pow(Math.abs(x), DIGITS), DIGITS)));
    }
    return pair;
  }

  static HockeyStick discreteGaussian(BigDecimal variance, int shift) {
    HockeyStick pair = new HockeyStick();
    int reach = (int) Math.ceil(14 * Math.sqrt(variance.doubleValue())) + shift;
    BigDecimal total = BigDecimal.ZERO;
    for (int x = -2 * reach; x <= 2 * reach; x++) {
      total = total.add(weight(x, variance), DIGITS);
    }
    for (int x = -reach; x <= reach; x++) {
      pair.put(
          2 * x - shift,
          new Pair(
              weight(x - shift, variance).divide(total, DIGITS),
              weight(x, variance).divide(total, DIGITS)));
    }
    return pair;
  }

  private static BigDecimal weight(int x, BigDecimal variance) {
    BigDecimal square = BigDecimal.valueOf((long) x * x);
    return Exact.exp(square.divide(variance.multiply(BigDecimal.valueOf(2)), DIGITS).negate());
  }

  HockeyStick times(int count) {
    HockeyStick result = this;
    for (int i = 1; i < count; i++) {
      result = result.plus(this);
    }
    return result;
  }

  HockeyStick plus(HockeyStick other) {
    HockeyStick both = new HockeyStick();
    for (Map.Entry<Integer, Pair> mine : outcomes.entrySet()) {
      for (Map.Entry<Integer, Pair> theirs : other.outcomes.entrySet()) {
        both.put(mine.getKey() + theirs.getKey(), mine.getValue().times(theirs.getValue()));
      }
    }
    return both;
  }

  BigDecimal delta(double epsilon) {
    BigDecimal factor = Exact.exp(epsilon);
    BigDecimal sum = BigDecimal.ZERO;
    for (Pair pair : outcomes.values()) {
      BigDecimal excess = pair.with.subtract(factor.multiply(pair.without, DIGITS), DIGITS);
      sum = sum.add(excess.max(BigDecimal.ZERO), DIGITS);
    }
    return sum;
  }

  private void put(int loss, Pair pair) {
    outcomes.merge(loss, pair, Pair::plus);
  }
}
