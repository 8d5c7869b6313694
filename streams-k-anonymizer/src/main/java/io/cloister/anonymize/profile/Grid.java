// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.profile;

import io.cloister.common.error.InputException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which settings to try: every k with every delay.
 *
 * @param ks each at least 2; the config's own comes in addition
 * @param delays in rows, each at least 0, at least one
 * @param rate events a second, above 0, if known: the config's own {@code max-delay} in rows then
 *     comes in addition
 */
public record Grid(List<Integer> ks, List<Long> delays, Optional<BigDecimal> rate) {
  /** Refuses what cannot be tried. */
  public Grid {
    ks = List.copyOf(ks);
    delays = List.copyOf(delays);
    ks.stream().filter(k -> k < 2).forEach(k -> refuse("k: must be at least 2, found " + k));
    delays.stream()
        .filter(delay -> delay < 0)
        .forEach(delay -> refuse("delay-rows: must be at least 0, found " + delay));
    if (delays.isEmpty()) {
      refuse("delay-rows: at least one is needed");
    }
    rate.filter(perSecond -> perSecond.signum() <= 0)
        .ifPresent(perSecond -> refuse("rate: must be above 0, found " + perSecond));
  }

  private static void refuse(String why) {
    throw new InputException(why);
  }

  /** Those asked for and the config's own, rising. */
  List<Integer> ks(int own) {
    TreeSet<Integer> all = new TreeSet<>(ks);
    all.add(own);
    return List.copyOf(all);
  }

  /** Those asked for and the config's own if the rate is known, rising. */
  List<Long> delays(Duration own) {
    TreeSet<Long> all = new TreeSet<>(delays);
    ownDelay(own).ifPresent(all::add);
    return List.copyOf(all);
  }

  /** How many rows come within a delay; absent without a rate. */
  Optional<Long> ownDelay(Duration delay) {
    return rate.map(
        perSecond ->
            perSecond
                .multiply(BigDecimal.valueOf(delay.toMillis()).movePointLeft(3))
                .setScale(0, RoundingMode.DOWN)
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValueExact());
  }
}
