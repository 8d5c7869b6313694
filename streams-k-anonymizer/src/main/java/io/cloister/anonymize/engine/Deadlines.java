// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Events that wait, by deadline, and by arrival where that is the same. Kept in runs of some
 * hundred, since a tree's nodes would cost ten times as much as the events' places: most events are
 * put behind all others, so that runs are full.
 */
final class Deadlines {
  private static final int LONGEST = 256;
  private static final int FIRST_LENGTH = 8;

  /** Never empty, each before the next. */
  private final List<Run> runs = new ArrayList<>();

  private int size;

  /** In order, from the first place on. */
  private static final class Run {
    private HeldEvent[] events;
    private int from;
    private int to;

    private Run(int length) {
      events = new HeldEvent[length];
    }

    private int size() {
      return to - from;
    }

    private HeldEvent get(int at) {
      return events[at];
    }

    /** Where the event is, or would be. */
    private int place(HeldEvent event) {
      int low = from;
      int high = to;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (compare(get(middle), event) < 0) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    private void add(HeldEvent event) {
      if (to == events.length) {
        HeldEvent[] room = from > 0 ? events : new HeldEvent[Math.min(LONGEST, 2 * events.length)];
        System.arraycopy(events, from, room, 0, size());
        Arrays.fill(room, size(), Math.max(size(), to), null);
        to -= from;
        from = 0;
        events = room;
      }
      int at = place(event);
      System.arraycopy(events, at, events, at + 1, to - at);
      events[at] = event;
      to++;
    }

    private void remove(int at) {
      if (at == from) {
        events[from++] = null;
      } else {
        System.arraycopy(events, at + 1, events, at, to - at - 1);
        events[--to] = null;
      }
    }

    /** The later half, taken out of the run. */
    private Run split() {
      Run later = new Run(LONGEST);
      int middle = (from + to) >>> 1;
      later.to = to - middle;
      System.arraycopy(events, middle, later.events, 0, later.to);
      Arrays.fill(events, middle, to, null);
      to = middle;
      return later;
    }

    /** Takes over what comes after. */
    private void append(Run next) {
      HeldEvent[] all = new HeldEvent[LONGEST];
      System.arraycopy(events, from, all, 0, size());
      System.arraycopy(next.events, next.from, all, size(), next.size());
      to = size() + next.size();
      from = 0;
      events = all;
    }
  }

  private static int compare(HeldEvent one, HeldEvent other) {
    int byDeadline = Long.compare(one.deadline(), other.deadline());
    return byDeadline != 0 ? byDeadline : Long.compare(one.sequence(), other.sequence());
  }

  /** Whether an event comes before another. */
  static boolean isBefore(HeldEvent one, HeldEvent other) {
    return compare(one, other) < 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** There must be one. */
  HeldEvent first() {
    Run first = runs.get(0);
    return first.get(first.from);
  }

  void add(HeldEvent event) {
    size++;
    int at = run(event);
    if (runs.isEmpty()) {
      runs.add(new Run(FIRST_LENGTH));
    } else if (runs.get(at).size() == LONGEST) {
      Run full = runs.get(at);
      boolean isLast = at == runs.size() - 1 && isBefore(full.get(full.to - 1), event);
      runs.add(at + 1, isLast ? new Run(LONGEST) : full.split());
      at += isLast || isBefore(runs.get(at + 1).get(0), event) ? 1 : 0;
    }
    runs.get(at).add(event);
  }

  /** Does nothing when it is not there. */
  void remove(HeldEvent event) {
    if (runs.isEmpty()) {
      return;
    }
    int at = run(event);
    Run run = runs.get(at);
    int place = run.place(event);
    if (place == run.to || run.get(place) != event) {
      return;
    }
    size--;
    run.remove(place);
    if (run.size() == 0) {
      runs.remove(at);
    } else if (at + 1 < runs.size() && isShort(run, runs.get(at + 1))) {
      run.append(runs.remove(at + 1));
    } else if (at > 0 && isShort(runs.get(at - 1), run)) {
      runs.get(at - 1).append(runs.remove(at));
    }
  }

  /** Whether two are to be one: that leaves room, so that one is not split soon again. */
  private static boolean isShort(Run run, Run next) {
    return run.size() + next.size() <= LONGEST * 3 / 4;
  }

  /** The last run that begins with the event or before; the first one when none does. */
  private int run(HeldEvent event) {
    int low = 0;
    int high = runs.size();
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      Run run = runs.get(middle);
      if (compare(run.get(run.from), event) <= 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
