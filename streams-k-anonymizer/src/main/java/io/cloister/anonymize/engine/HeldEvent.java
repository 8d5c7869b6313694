// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.Comparator;
import java.util.List;

/**
 * An event that waits, or is just being decided. Labels are kept as numbers and the person's name
 * once for all events, so the event itself is put together anew when it is asked for.
 */
final class HeldEvent implements Member.Holding {
  /** Of an event that is not indexed. */
  static final int NO_SLOT = -1;

  static final Comparator<HeldEvent> BY_ARRIVAL = Comparator.comparingLong(HeldEvent::sequence);

  private final long sequence;
  private final long arrival;
  private final long deadline;
  private final EpochState epoch;
  private final Member member;
  private final List<String> sensitive;
  private final byte[] payload;
  private byte[] labels;
  private final int openEpochs;
  private int slot = NO_SLOT;

  /**
   * @param sequence its place in the order of arrival
   * @param event the event
   * @param epoch the event's
   * @param chains the labels that it goes by
   */
  HeldEvent(long sequence, Event event, EpochState epoch, int[][] chains) {
    this.sequence = sequence;
    this.arrival = event.arrival();
    this.deadline = event.deadline();
    this.epoch = epoch;
    this.member = epoch.member(event.person());
    this.sensitive = event.sensitive();
    this.payload = event.payload().bytes();
    this.labels = PackedLabels.of(leaf(chains), leaf(epoch.intern(event.chains())));
    long open = event.epoch() - event.oldestOpen();
    this.openEpochs = open < 0 ? Integer.MAX_VALUE : (int) Math.min(Integer.MAX_VALUE, open);
  }

  long sequence() {
    return sequence;
  }

  /** In ticks. */
  long arrival() {
    return arrival;
  }

  /** In ticks. */
  long deadline() {
    return deadline;
  }

  EpochState epoch() {
    return epoch;
  }

  Member member() {
    return member;
  }

  List<String> sensitive() {
    return sensitive;
  }

  /** The event as it came. */
  Event event() {
    return new Event(
        member.person(),
        epoch.epoch(),
        epoch.epoch() - openEpochs,
        epoch.texts(PackedLabels.own(labels, epoch.width())),
        sensitive,
        new Payload(payload),
        arrival,
        deadline);
  }

  /** The labels that it goes by, on all levels. */
  int[][] chains() {
    return epoch.chains(PackedLabels.by(labels, epoch.width()));
  }

  /** Those of level 0. */
  Tuple leaf() {
    return new Tuple(PackedLabels.by(labels, epoch.width()));
  }

  boolean goesBy(Tuple leaf) {
    return PackedLabels.goesBy(labels, leaf);
  }

  /** Lets it go by other labels; not while it is indexed. */
  void goBy(int[][] chains) {
    labels = PackedLabels.of(leaf(chains), PackedLabels.own(labels, epoch.width()));
  }

  private static int[] leaf(int[][] chains) {
    int[] labels = new int[chains.length];
    for (int q = 0; q < labels.length; q++) {
      labels[q] = chains[q][0];
    }
    return labels;
  }

  /** Where the index of those who wait has the event. */
  int slot() {
    return slot;
  }

  void slot(int in) {
    this.slot = in;
  }
}
