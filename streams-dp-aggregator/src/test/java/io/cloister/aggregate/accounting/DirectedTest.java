// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;

class DirectedTest {
  @Property(tries = 200)
  void theExponentialLiesBetweenItsBounds(
      @ForAll @Scale(12) @DoubleRange(min = -60, max = 60) double x) {
    BigDecimal exact = Exact.exp(x);

    assertThat(new BigDecimal(Directed.expUp(x))).isGreaterThanOrEqualTo(exact);
    assertThat(new BigDecimal(Directed.expDown(x))).isLessThanOrEqualTo(exact);
    assertThat(new BigDecimal(Directed.expm1Up(x)).add(BigDecimal.ONE))
        .isGreaterThanOrEqualTo(exact);
    assertThat(new BigDecimal(Directed.expm1Down(x)).add(BigDecimal.ONE))
        .isLessThanOrEqualTo(exact);
    assertThat(Directed.expUp(x) / Directed.expDown(x)).isLessThan(1 + 1e-15);
  }

  @Property(tries = 100)
  void theLogarithmLiesBetweenItsBounds(
      @ForAll @Scale(12) @DoubleRange(min = 1e-9, max = 1e9) double x) {
    BigDecimal exact = Exact.ln(new BigDecimal(x));

    assertThat(new BigDecimal(Directed.logUp(x))).isGreaterThanOrEqualTo(exact);
    assertThat(new BigDecimal(Directed.logDown(x))).isLessThanOrEqualTo(exact);
    BigDecimal onePlus = Exact.ln(new BigDecimal(x).add(BigDecimal.ONE));
    assertThat(new BigDecimal(Directed.log1pUp(x))).isGreaterThanOrEqualTo(onePlus);
    assertThat(new BigDecimal(Directed.log1pDown(x))).isLessThanOrEqualTo(onePlus);
  }

  @Property
  void sumsProductsAndQuotientsLieBetweenTheirBounds(
      @ForAll @Scale(12) @DoubleRange(min = -1e9, max = 1e9) double a,
      @ForAll @Scale(12) @DoubleRange(min = 1e-9, max = 1e9) double b) {
    BigDecimal left = new BigDecimal(a);
    BigDecimal right = new BigDecimal(b);

    assertThat(new BigDecimal(Directed.addUp(a, b))).isGreaterThanOrEqualTo(left.add(right));
    assertThat(new BigDecimal(Directed.subtractUp(a, b)))
        .isGreaterThanOrEqualTo(left.subtract(right));
    assertThat(new BigDecimal(Directed.subtractDown(a, b)))
        .isLessThanOrEqualTo(left.subtract(right));
    assertThat(new BigDecimal(Directed.multiplyUp(a, b)))
        .isGreaterThanOrEqualTo(left.multiply(right));
    assertThat(new BigDecimal(Directed.multiplyDown(a, b)))
        .isLessThanOrEqualTo(left.multiply(right));
    assertThat(new BigDecimal(Directed.divideUp(a, b)).multiply(right))
        .isGreaterThanOrEqualTo(left);
    assertThat(new BigDecimal(Directed.divideDown(a, b)).multiply(right)).isLessThanOrEqualTo(left);
  }

  @Property
  void decimalsLieBetweenTheDoublesAroundThem(@ForAll BigDecimal exact) {
    assertThat(new BigDecimal(Directed.up(exact))).isGreaterThanOrEqualTo(exact);
    assertThat(new BigDecimal(Directed.down(exact))).isLessThanOrEqualTo(exact);
    assertThat(Directed.up(exact)).isLessThanOrEqualTo(Math.nextUp(Directed.down(exact)));
  }
}
