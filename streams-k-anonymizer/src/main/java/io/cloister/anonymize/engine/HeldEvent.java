// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

/** An event that waits, or is just being decided. */
final class HeldEvent {
  /** Of an event that is not indexed. */
  static final int NO_SLOT = -1;

  private final long sequence;
  private final Event event;
  private final Member member;
  private final int[][] chains;
  private final Tuple leaf;
  private int slot = NO_SLOT;

  HeldEvent(long sequence, Event event, Member member, int[][] chains, Tuple leaf) {
    this.sequence = sequence;
    this.event = event;
    this.member = member;
    this.chains = chains;
    this.leaf = leaf;
  }

  long sequence() {
    return sequence;
  }

  Event event() {
    return event;
  }

  Member member() {
    return member;
  }

  int[][] chains() {
    return chains;
  }

  /** The labels of level 0. */
  Tuple leaf() {
    return leaf;
  }

  /** Where the index of those who wait has the event. */
  int slot() {
    return slot;
  }

  void slot(int in) {
    this.slot = in;
  }
}
