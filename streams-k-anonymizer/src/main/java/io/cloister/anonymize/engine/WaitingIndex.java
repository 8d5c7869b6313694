// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Who waits, by every label that covers them, and what each of them may expect to lose. A person
 * who waits under several combinations of finest labels has a slot for each.
 */
final class WaitingIndex {
  /** What a person loses is told apart in steps of 1/256. */
  static final int GRADES = 256;

  private static final double[] LOSSES =
      IntStream.range(0, GRADES).mapToDouble(grade -> grade / (double) (GRADES - 1)).toArray();

  /**
   * Who could open a cell of some loss now loses more in the end, since others take some of the
   * people that it needs, and the more the less time is left. Chosen on the test data sets; between
   * 1.3 and 1.8 the loss hardly changes.
   */
  private static final double REACHED = 1.3;

  private static final double LATE = 0.5;

  /** Until so much of the time is over, nobody is looked at anew. */
  private static final double SOON = 0.7;

  /** One word in so many is brought up to the time at once. */
  private static final int TURNS = 8;

  private final LabelBits bits;
  private long[] all = new long[1];
  private long[] several = new long[1];
  private HeldEvent[] events = new HeldEvent[Long.SIZE];
  private float[] open = new float[Long.SIZE];
  private float[] prospect = new float[Long.SIZE];
  private short[] grades = new short[Long.SIZE];
  private int severals;
  private int size;
  private int firstFree;
  private int last;
  private int aged;
  private long now = Long.MIN_VALUE;

  WaitingIndex(int quasiIdentifiers) {
    this.bits = new LabelBits(quasiIdentifiers);
  }

  LabelBits bits() {
    return bits;
  }

  /** Everybody, as long as the sets of labels. */
  long[] all() {
    return all;
  }

  /** How many words hold somebody at all. */
  int usedWords() {
    int words = all.length;
    while (words > 0 && all[words - 1] == 0) {
      words--;
    }
    return words;
  }

  /** The slots of people who have more than one. */
  long[] several() {
    return several;
  }

  boolean hasSeveral() {
    return severals > 0;
  }

  int size() {
    return size;
  }

  HeldEvent event(int slot) {
    return events[slot];
  }

  /**
   * Brings what people may expect up to the time, in ticks: of some of them, and of others each
   * time, since it changes slowly by time alone.
   */
  void weigh(long time) {
    now = time;
    for (int i = all.length / TURNS; i >= 0; i--) {
      aged = aged + 1 < all.length ? aged + 1 : 0;
      for (long left = all[aged]; left != 0; left &= left - 1) {
        regrade((aged << 6) | Long.numberOfTrailingZeros(left));
      }
    }
  }

  private void regrade(int slot) {
    grades[slot] = (short) expected(slot, now);
  }

  /**
   * Notes that people who wait could open a cell, and so lose no more in a new one.
   *
   * @param view an event's ancestors
   * @param levels where the cell stands
   * @param loss what it loses
   */
  void shared(View view, int[] levels, double loss) {
    for (int word = 0; word < all.length; word++) {
      long left = all[word];
      for (int q = 0; q < levels.length && left != 0; q++) {
        left &= bits.of(q, view.chains()[q][levels[q]])[word];
      }
      for (; left != 0; left &= left - 1) {
        int slot = (word << 6) | Long.numberOfTrailingZeros(left);
        if (loss < prospect[slot]) {
          prospect[slot] = (float) loss;
          regrade(slot);
        }
      }
    }
  }

  /** What the person of a slot may expect to lose, as a step; the more, the better to take. */
  int grade(int slot) {
    return grades[slot];
  }

  /** The loss that a step stands for, mean over the quasi-identifiers. */
  static double loss(int grade) {
    return LOSSES[grade];
  }

  /**
   * @param event an event that waits from now on
   * @param loss what the best open cell loses for it, 1 without one
   */
  void add(HeldEvent event, double loss) {
    int slot = firstFree;
    while (slot < all.length * Long.SIZE && (all[slot >> 6] >>> slot & 1) != 0) {
      slot++;
    }
    firstFree = slot + 1;
    int[][] chains = event.chains();
    for (int q = 0; q < chains.length; q++) {
      int[] chain = chains[q];
      for (int level = 0; level < chain.length; level++) {
        if (level == 0 || chain[level] != chain[level - 1]) {
          bits.add(slot, q, chain[level]);
        }
      }
    }
    if (bits.words() > all.length) {
      grow();
    }
    if (slot >= events.length) {
      growSlots();
    }
    all[slot >> 6] |= 1L << slot;
    events[slot] = event;
    event.slot(slot);
    open[slot] = (float) loss;
    prospect[slot] = 1;
    now = Math.max(now, event.arrival());
    regrade(slot);
    size++;
  }

  void remove(HeldEvent event) {
    int slot = event.slot();
    int[][] chains = event.chains();
    for (int q = 0; q < chains.length; q++) {
      int[] chain = chains[q];
      for (int level = 0; level < chain.length; level++) {
        if (level == 0 || chain[level] != chain[level - 1]) {
          bits.remove(slot, q, chain[level]);
        }
      }
    }
    all[slot >> 6] &= ~(1L << slot);
    several(slot, false);
    events[slot] = null;
    event.slot(HeldEvent.NO_SLOT);
    firstFree = Math.min(firstFree, slot);
    size--;
  }

  /** Marks whether the person of a slot has others. */
  void several(int slot, boolean has) {
    boolean had = (several[slot >> 6] >>> slot & 1) != 0;
    if (had != has) {
      several[slot >> 6] ^= 1L << slot;
      severals += has ? 1 : -1;
    }
  }

  /** Notes a cell that has opened. */
  void opened(OpenCell cell) {
    for (int word = 0; word < all.length; word++) {
      long left = all[word];
      for (int q = 0; q < cell.levels().length && left != 0; q++) {
        left &= bits.of(q, cell.labels().get(q))[word];
      }
      for (; left != 0; left &= left - 1) {
        int slot = (word << 6) | Long.numberOfTrailingZeros(left);
        if (cell.loss() < open[slot]) {
          open[slot] = (float) cell.loss();
          regrade(slot);
        }
      }
    }
  }

  /** What the best open cell loses for an event, 1 without one. */
  double openLoss(HeldEvent event) {
    return open[event.slot()];
  }

  /** What a new cell must lose less than to make a difference to what the event may expect. */
  double usefulLoss(HeldEvent event) {
    return Math.min(1, open[event.slot()] / REACHED);
  }

  /** Notes what a new cell for an event that waits would lose. */
  void prospect(HeldEvent event, double loss) {
    prospect[event.slot()] = (float) loss;
    regrade(event.slot());
  }

  /** In the order of slots. */
  void forEach(Consumer<HeldEvent> action) {
    for (HeldEvent event : events) {
      if (event != null) {
        action.accept(event);
      }
    }
  }

  /**
   * One who waits, and another one each time, until it was everybody's turn.
   *
   * @param now the time, in ticks
   * @return nothing as well when there is still much time for others to come and go, so that a look
   *     at what a new cell would lose tells little
   */
  Optional<HeldEvent> nextLate(long now) {
    for (int tried = 0; tried < events.length; tried++) {
      last = last + 1 < events.length ? last + 1 : 0;
      HeldEvent event = events[last];
      if (event != null) {
        return now - event.arrival() < SOON * (event.deadline() - event.arrival())
            ? Optional.empty()
            : Optional.of(event);
      }
    }
    return Optional.empty();
  }

  private int expected(int slot, long now) {
    HeldEvent event = events[slot];
    double time = Math.max(1, event.deadline() - event.arrival());
    double late = Math.max(0, Math.min(1, (now - event.arrival()) / time));
    double reached = REACHED * prospect[slot] * (1 + LATE * late);
    double expected = Math.min(1, Math.min(open[slot], reached));
    return (int) (expected * (GRADES - 1) + 0.5);
  }

  private void grow() {
    all = Arrays.copyOf(all, bits.words());
    several = Arrays.copyOf(several, bits.words());
  }

  /** By a quarter: half the room would lie idle if it were doubled. */
  private void growSlots() {
    int slots = events.length + events.length / 4;
    events = Arrays.copyOf(events, slots);
    open = Arrays.copyOf(open, slots);
    prospect = Arrays.copyOf(prospect, slots);
    grades = Arrays.copyOf(grades, slots);
  }
}
