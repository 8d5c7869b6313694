// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.OptionalLong;

/**
 * When events that wait are told that they can still leave for the second chance: a first time when
 * the whole reserve is left, and those that stayed nevertheless, without being sure of a cell, a
 * last time when a quarter of it is left. Without a second chance nobody ever is, and nothing is
 * kept.
 */
final class LastCalls {
  private final OptionalLong reserve;
  private final Deadlines first = new Deadlines();
  private final Deadlines last = new Deadlines();

  /**
   * @param event who is called
   * @param isLast whether for the last time
   */
  record Call(HeldEvent event, boolean isLast) {}

  private LastCalls(OptionalLong reserve) {
    this.reserve = reserve;
  }

  static LastCalls none() {
    return new LastCalls(OptionalLong.empty());
  }

  /**
   * @param reserve how long before its deadline an event is first called, in ticks
   */
  static LastCalls before(long reserve) {
    return new LastCalls(OptionalLong.of(reserve));
  }

  /** How long before its deadline an event is first called, in ticks; 0 where none is. */
  long reserve() {
    return reserve.orElse(0);
  }

  boolean areGiven() {
    return reserve.isPresent();
  }

  void add(HeldEvent event) {
    if (reserve.isPresent()) {
      first.add(event);
    }
  }

  /** Has an event that was called called again. */
  void addLast(HeldEvent event) {
    last.add(event);
  }

  void remove(HeldEvent event) {
    first.remove(event);
    last.remove(event);
  }

  /** When the next event is called, in ticks; the last tick of all when none is. */
  long next() {
    return Math.min(nextFirst(), nextLast());
  }

  Call poll() {
    boolean isLast = nextLast() < nextFirst();
    Deadlines from = isLast ? last : first;
    HeldEvent event = from.first();
    from.remove(event);
    return new Call(event, isLast);
  }

  private long nextFirst() {
    return first.isEmpty() ? Long.MAX_VALUE : first.first().deadline() - reserve.orElseThrow();
  }

  private long nextLast() {
    return last.isEmpty()
        ? Long.MAX_VALUE
        : last.first().deadline() - SecondChance.leastOf(reserve.orElseThrow());
  }
}
