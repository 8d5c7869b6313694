// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.ledger;

/** What a budget is counted in, beside delta. Amounts are whole numbers of the smallest unit. */
public enum Currency {
  /** Pure epsilon, in billionths: losses of releases add up (Dwork and Roth, theorem 3.16). */
  EPSILON(9),
  /**
   * The rho of zero-concentrated differential privacy, in trillionths; it adds up as well (Bun and
   * Steinke, arXiv 1605.02065, lemma 2.3), also when consumers choose by what they saw (Feldman and
   * Zrnic, arXiv 2008.11193).
   */
  RHO(12);

  private final int places;

  Currency(int places) {
    this.places = places;
  }

  /**
   * @return how many decimal places the smallest unit has
   */
  public int places() {
    return places;
  }
}
