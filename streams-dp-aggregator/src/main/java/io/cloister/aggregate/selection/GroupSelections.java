// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.selection;

import io.cloister.aggregate.accounting.NoiseTails;
import io.cloister.aggregate.accounting.RenyiCurve;
import io.cloister.aggregate.noise.DiscreteGaussian;
import io.cloister.aggregate.noise.DiscreteLaplace;
import io.cloister.aggregate.noise.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the selection that names groups with the fewest people, of those that keep to a budget.
 * With few groups a person that is the optimal one; with many, Gaussian noise costs each group the
 * square root of what the others do.
 */
public final class GroupSelections {
  private static final MathContext DOWN = new MathContext(30, RoundingMode.FLOOR);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final int HALVINGS = 60;

  private GroupSelections() {}

  /**
   * A selection that is (epsilon, delta)-differentially private over all groups of a window.
   *
   * @param epsilon above zero
   * @param delta between 0 and 1
   * @param groupsPerPerson at least 1
   * @return the one that names groups with the fewest people
   */
  public static GroupSelection approximate(
      BigDecimal epsilon, BigDecimal delta, int groupsPerPerson) {
    List<GroupSelection> choices = new ArrayList<>();
    BigDecimal groups = BigDecimal.valueOf(groupsPerPerson);
    optimal(epsilon.divide(groups, DOWN), delta, groups).ifPresent(choices::add);
    choices.add(laplace(epsilon, delta, groupsPerPerson));
    // Half of delta for the noise, half for the groups of one person.
    BigDecimal half = delta.divide(TWO, DOWN);
    rho(epsilon, half).ifPresent(rho -> choices.add(gaussian(rho, half, groupsPerPerson)));
    return best(choices);
  }

  /**
   * A selection that is zero-concentrated but for delta, over all groups of a window.
   *
   * @param rho above zero
   * @param delta between 0 and 1
   * @param groupsPerPerson at least 1
   * @return the one that names groups with the fewest people
   */
  public static GroupSelection concentrated(BigDecimal rho, BigDecimal delta, int groupsPerPerson) {
    List<GroupSelection> choices = new ArrayList<>();
    BigDecimal groups = BigDecimal.valueOf(groupsPerPerson);
    // Each group may cost epsilon^2 / 2 of its part of rho.
    BigDecimal epsilon = rho.multiply(TWO).divide(groups, DOWN).sqrt(DOWN);
    optimal(epsilon, delta, groups).ifPresent(choices::add);
    choices.add(gaussian(rho, delta, groupsPerPerson));
    return best(choices);
  }

  private static GroupSelection best(List<GroupSelection> choices) {
    return choices.stream().min(Comparator.comparingLong(GroupSelection::median)).orElseThrow();
  }

  private static Optional<GroupSelection> optimal(
      BigDecimal epsilon, BigDecimal delta, BigDecimal groups) {
    return OptimalSelection.of(epsilon, delta.divide(groups, DOWN)).map(found -> found);
  }

  /**
   * Laplace noise by which all groups of a person together cost epsilon (Korolova et al., 2009).
   */
  static ThresholdSelection laplace(BigDecimal epsilon, BigDecimal delta, int groupsPerPerson) {
    Rational scale = quotient(BigDecimal.valueOf(groupsPerPerson), epsilon);
    BigInteger reach =
        NoiseTails.leastLaplace(scale, delta.divide(BigDecimal.valueOf(groupsPerPerson), DOWN));
    return new ThresholdSelection(new DiscreteLaplace(scale), reach.add(BigInteger.ONE));
  }

  /** Gaussian noise by which all groups of a person together cost rho. */
  static ThresholdSelection gaussian(BigDecimal rho, BigDecimal delta, int groupsPerPerson) {
    // sigma^2 = groups / (2 rho).
    Rational sigmaSquared = quotient(BigDecimal.valueOf(groupsPerPerson), rho.multiply(TWO));
    BigInteger reach =
        NoiseTails.leastGaussian(
            sigmaSquared, delta.divide(BigDecimal.valueOf(groupsPerPerson), DOWN));
    return new ThresholdSelection(new DiscreteGaussian(sigmaSquared), reach.add(BigInteger.ONE));
  }

  private static Rational quotient(BigDecimal above, BigDecimal below) {
    int places = Math.max(0, Math.max(above.scale(), below.scale()));
    return new Rational(
        above.movePointRight(places).toBigIntegerExact(),
        below.movePointRight(places).toBigIntegerExact());
  }

  /** About the most rho whose conversion keeps to epsilon and delta; surely no more. */
  private static Optional<BigDecimal> rho(BigDecimal epsilon, BigDecimal delta) {
    double target = epsilon.doubleValue();
    target = new BigDecimal(target).compareTo(epsilon) > 0 ? Math.nextDown(target) : target;
    double failure = Math.nextDown(delta.doubleValue());
    double low = 0;
    double high = Math.max(1, target);
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      boolean within = RenyiCurve.concentrated(new BigDecimal(middle)).delta(target) <= failure;
      low = within ? middle : low;
      high = within ? high : middle;
    }
    BigDecimal found = new BigDecimal(low).round(DOWN);
    return found.signum() > 0 ? Optional.of(found) : Optional.empty();
  }
}
