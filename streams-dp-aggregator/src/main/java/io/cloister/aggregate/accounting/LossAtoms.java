// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.accounting;

import io.cloister.aggregate.noise.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.UnaryOperator;

/**
 * How one figure's privacy loss is distributed, for a shift of the figure by one person: outcomes
 * with their loss, ln of how much likelier they are with the person than without, and their
 * probability with the person. Losses and probabilities are rounded up, which makes every bound
 * larger; many neighbouring outcomes are replaced by two that tell more.
 */
final class LossAtoms {
  /** Above so many outcomes, neighbours are taken together. */
  private static final int MOST = 1 << 15;

  private LossAtoms() {}

  /** Takes outcomes. */
  interface Sink {
    /** An outcome with at most this loss and at most this probability. */
    void add(double loss, double mass);

    /** Outcomes of any loss, with at most this probability. */
    void addUnbounded(double mass);
  }

  /** The outcomes of one figure of a release. */
  static void of(Mechanism mechanism, Sink sink) {
    if (mechanism instanceof Mechanism.Approximate stated) {
      approximate(stated.epsilon(), stated.delta(), sink);
    } else if (mechanism instanceof Mechanism.DiscreteLaplace laplace) {
      discreteLaplace(laplace.scale(), laplace.shift(), sink);
    } else if (mechanism instanceof Mechanism.DiscreteGaussian gaussian) {
      discreteGaussian(gaussian.variance(), gaussian.shift(), sink);
    } else {
      throw new IllegalArgumentException("of rho alone no distribution is known");
    }
  }

  /** Randomized response: no mechanism tells more (Kairouz, Oh and Viswanath, 2015). */
  private static void approximate(BigDecimal epsilon, BigDecimal delta, Sink sink) {
    double loss = Directed.up(epsilon);
    double kept = Math.min(1, Directed.subtractUp(1, Directed.down(delta)));
    // e^epsilon / (1 + e^epsilon) and 1 / (1 + e^epsilon) of what delta leaves.
    double lossDown = Directed.down(epsilon);
    double both = Math.nextDown(1 + Directed.expDown(-loss));
    sink.add(loss, Directed.divideUp(kept, both));
    double opposite = Directed.multiplyUp(kept, Directed.expUp(-lossDown));
    sink.add(-lossDown, Directed.divideUp(opposite, both));
    sink.addUnbounded(Directed.up(delta));
  }

  /** Discrete Laplace noise: P(X = y) = (1 - q) / (1 + q) q^|y| with q = e^(-1 / scale). */
  private static void discreteLaplace(Rational scale, BigInteger shift, Sink sink) {
    double inverseUp = Directed.up(Directed.quotientUp(scale.denominator(), scale.numerator()));
    double inverseDown =
        Directed.down(Directed.quotientDown(scale.denominator(), scale.numerator()));
    double total = Directed.multiplyUp(Directed.up(shift), inverseUp);
    double totalDown = Directed.multiplyDown(Directed.down(shift), inverseDown);
    double onePlusQ = Math.nextDown(1 + Directed.expDown(-inverseUp));
    // With the person the figure is x = shift + noise, without it is noise alone: the loss at x is
    // (|x| - |x - shift|) / scale, constant from shift upward and from 0 downward.
    sink.add(total, Directed.divideUp(1, onePlusQ));
    sink.add(-totalDown, Directed.divideUp(Directed.expUp(-totalDown), onePlusQ));
    // Between them, outcomes first + 1 to last at a time, with mass q^(shift - last) (1 - q^n).
    BigInteger between = shift.subtract(BigInteger.ONE);
    int portions = between.min(BigInteger.valueOf(MOST)).intValueExact();
    BigInteger first = BigInteger.ZERO;
    for (int i = 1; i <= portions; i++) {
      BigInteger last =
          between.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(portions));
      BigInteger count = last.subtract(first);
      double exponent = -Directed.multiplyUp(Directed.up(count), inverseUp);
      double part = -Directed.expm1Down(exponent);
      double nearest = -Directed.multiplyDown(Directed.down(shift.subtract(last)), inverseDown);
      double mass = Directed.divideUp(Directed.multiplyUp(Directed.expUp(nearest), part), onePlusQ);
      UnaryOperator<BigInteger> twice = x -> x.shiftLeft(1).subtract(shift);
      portion(
          Directed.multiplyUp(twice.apply(first.add(BigInteger.ONE)), inverseUp, inverseDown),
          Directed.multiplyUp(twice.apply(last), inverseUp, inverseDown),
          mass,
          Directed.divideUp(1, Directed.expDown(exponent)),
          sink);
      first = last;
    }
  }

  /**
   * Neighbouring outcomes, split between their smallest and largest loss as {@link LossGrid} does:
   * the larger takes (1 - e^-(loss - low)) / (1 - e^-(high - low)) of each. That is concave in the
   * loss, so no more than at the mean; and the mean lies no higher than half way, times the largest
   * of the probabilities over the smallest where they rise with the loss.
   */
  private static void portion(double low, double high, double mass, double rise, Sink sink) {
    double width = Directed.subtractUp(high, low);
    double part = Directed.multiplyUp(width, rise) / 2;
    if (low >= high || part >= width) {
      sink.add(high, mass);
      return;
    }
    double above =
        Math.min(1, Directed.divideUp(-Directed.expm1Down(-part), -Directed.expm1Up(-width)));
    double aboveDown =
        Math.max(0, Directed.divideDown(-Directed.expm1Up(-part), -Directed.expm1Down(-width)));
    sink.add(high, Directed.multiplyUp(mass, above));
    sink.add(low, Directed.multiplyUp(mass, Directed.subtractUp(1, Math.min(1, aboveDown))));
  }

  /** Discrete Gaussian noise: P(X = y) proportional to e^(-y^2 / (2 variance)). */
  private static void discreteGaussian(Rational variance, BigInteger shift, Sink sink) {
    Bell bell = new Bell(variance);
    BigInteger reach = bell.reach();
    double beyond = bell.beyond(reach);
    sink.addUnbounded(beyond);
    BigInteger span = reach.shiftLeft(1).add(BigInteger.ONE);
    int portions = span.min(BigInteger.valueOf(MOST)).intValueExact();
    BigInteger first = reach.negate();
    sink.add(bell.loss(shift, first), beyond);
    for (int i = 1; i <= portions; i++) {
      BigInteger covered =
          span.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(portions));
      BigInteger last = covered.subtract(reach).subtract(BigInteger.ONE);
      portion(
          bell.loss(shift, first),
          bell.loss(shift, last),
          bell.mass(first, last),
          first.signum() >= 0 ? 1 : bell.spread(first, last),
          sink);
      first = last.add(BigInteger.ONE);
    }
  }
}
