// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.common.error.InputException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CostTest {
  @Property
  void pureEpsilonCostsHalfItsSquareInRhoRoundedUpToTheUnit(
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long billionths) {
    BigDecimal epsilon = BigDecimal.valueOf(billionths, 9);
    BigDecimal exact = epsilon.multiply(epsilon).divide(BigDecimal.valueOf(2));

    Cost rho = Cost.pure(new Epsilon(billionths)).in(Currency.RHO);

    assertThat(rho.toDecimal()).isEqualByComparingTo(exact.setScale(12, RoundingMode.CEILING));
    assertThat(rho.currency()).isEqualTo(Currency.RHO);
  }

  @Test
  void theSmallestEpsilonCostsSomething() {
    assertThat(Cost.pure(new Epsilon(1)).in(Currency.RHO).units()).isEqualTo(1);
    assertThat(Cost.pure(Epsilon.ZERO).in(Currency.RHO).units()).isZero();
  }

  @Test
  void anAbsurdEpsilonCostsTheMostThatThereIs() {
    assertThat(Cost.pure(new Epsilon(Long.MAX_VALUE)).in(Currency.RHO).units())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void rhoIsNeverCountedAsPureEpsilon() {
    Cost gaussian = Cost.of(Currency.RHO, new BigDecimal("0.01"), BigDecimal.ZERO);

    assertThatThrownBy(() -> gaussian.in(Currency.EPSILON))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("rho");
    assertThat(gaussian.in(Currency.RHO)).isSameAs(gaussian);
  }

  @Test
  void deltaIsKeptInEveryCurrencyAndAddsUp() {
    Cost selection = Cost.of(Currency.EPSILON, new BigDecimal("0.5"), new BigDecimal("1e-10"));

    assertThat(selection.in(Currency.RHO).delta()).isEqualByComparingTo("1e-10");
    assertThat(selection.plus(selection).delta()).isEqualByComparingTo("2e-10");
    assertThat(selection.plus(selection).minus(selection)).isEqualTo(selection);
  }

  @Test
  void aBudgetCoversACostOnlyWithAmountAndDelta() {
    Cost budget = Cost.of(Currency.RHO, new BigDecimal("0.5"), new BigDecimal("1e-10"));

    assertThat(budget.covers(budget)).isTrue();
    assertThat(budget.covers(budget.plus(new Cost(Currency.RHO, 1, 0)))).isFalse();
    assertThat(budget.covers(budget.plus(new Cost(Currency.RHO, 0, 1)))).isFalse();
    assertThatThrownBy(() -> budget.covers(Cost.pure(Epsilon.ZERO)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void amountsFinerThanTheSmallestUnitAreRefused() {
    assertThatThrownBy(() -> Cost.of(Currency.RHO, new BigDecimal("1e-13"), BigDecimal.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Cost.of(Currency.RHO, BigDecimal.ONE, new BigDecimal("1e-19")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Cost(Currency.RHO, -1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Cost(Currency.RHO, 0, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAbsurdTotalStaysAtTheLargest() {
    Cost most = new Cost(Currency.RHO, Long.MAX_VALUE, Long.MAX_VALUE);

    assertThat(most.plus(new Cost(Currency.RHO, 1, 1))).isEqualTo(most);
  }
}
