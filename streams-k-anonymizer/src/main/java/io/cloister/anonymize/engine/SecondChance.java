// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

/**
 * The region in which the people of all small regions wait together.
 *
 * @param region its name, which no other region has
 * @param reserve how long before its deadline an event leaves its region for this one, in ticks
 * @param here whether it is one of the regions that this task decides on
 * @param <R> what names a region
 */
public record SecondChance<R>(R region, long reserve, boolean here) {
  /**
   * How much of the delay is left to the second chance: half. The longer people wait at home, the
   * more often k come together there; what is left has to hold the way between two tasks and a wait
   * that is worth having.
   *
   * @param delay how long an event may wait altogether, in ticks
   * @return the reserve, in ticks
   */
  public static long reserveOf(long delay) {
    return delay / 2;
  }

  /**
   * What an event that leaves late has left of it: a quarter. Most leave when they are called
   * first.
   *
   * @param reserve of the second chance, in ticks
   * @return how long before its deadline an event leaves at the latest, in ticks
   */
  public static long leastOf(long reserve) {
    return reserve / 4;
  }
}
