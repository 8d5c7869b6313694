// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds which new cell is worth opening for an event. A new cell spends k people of those who wait;
 * an open one spends one. So a cell is worth what all k lose less in it than they may expect to
 * lose otherwise, and people are taken who have most to expect. For use by one thread.
 */
final class OpeningSearch {
  /** How many cells are looked at for conditions on sensitive values. */
  private static final int TRIES = 32;

  /** How much more than the open cell a new one may lose for the event, where others gain. */
  private static final double MOST = 1.2;

  /**
   * What each of the k people must gain at least, as a share of what open cells lose on average.
   */
  private static final double LEAST = 0.02;

  private final int k;
  private final List<List<SensitiveCondition>> conditions;
  private final CellSearch cells;
  private final int[] perGrade = new int[WaitingIndex.GRADES];

  private record Found(double gain, double loss, Tuple levels) {
    private static final Comparator<Found> ORDER =
        Comparator.comparingDouble(Found::gain).reversed().thenComparingDouble(Found::loss);
  }

  OpeningSearch(EngineSettings settings) {
    this.k = settings.k();
    this.conditions = settings.conditions();
    this.cells = new CellSearch(settings);
  }

  /** How much has been looked at so far, in words. */
  long work() {
    return cells.work();
  }

  /**
   * A cell that could open.
   *
   * @param levels where it stands
   * @param loss what it loses, mean over the quasi-identifiers
   */
  record Cell(Tuple levels, double loss) {}

  /**
   * @param event an event that waits; what it and those who share the cell may expect is noted
   * @return the finest cell that k people could open now, the event's among them; nothing when none
   *     is so fine that it makes a difference to what the event may expect
   */
  Optional<Cell> leastLoss(HeldEvent event) {
    WaitingIndex waiting = event.epoch().waiting().index();
    View view = event.epoch().view(event);
    LeastLoss least = new LeastLoss(waiting, waiting.usefulLoss(event));
    cells.walk(view, event.member(), waiting, k - 1, least);
    waiting.prospect(event, least.best);
    least.levels.ifPresent(levels -> waiting.shared(view, levels, least.best));
    return least.levels.map(levels -> new Cell(new Tuple(levels), least.best));
  }

  /**
   * @param view the event's ancestors
   * @param event the event, whose deadline has come
   * @param epoch who waits, and the conditions on sensitive values
   * @param open what the open cell loses that would take the event; nothing when there is none
   * @param now the time, in ticks
   * @return the levels of the cell most worth opening, under all conditions; when an open one would
   *     take the event, only where something is gained; never the all-root one
   */
  Optional<int[]> worthOpening(
      View view, HeldEvent event, EpochState epoch, Optional<Double> open, long now) {
    epoch.waiting().index().weigh(now);
    MostGain most = new MostGain(epoch, open);
    cells.walk(view, event.member(), epoch.waiting().index(), k - 1, most);
    return epoch.conditions().none() ? most.levels() : most.underConditions(view, event);
  }

  private final class LeastLoss implements CellSearch.Visitor {
    private final WaitingIndex waiting;
    private double best;
    private Optional<int[]> levels = Optional.empty();

    private LeastLoss(WaitingIndex waiting, double below) {
      this.waiting = waiting;
      this.best = below;
    }

    /** Nothing to sum up: whoever can open the cell will do. */
    @Override
    public double worth(SlotSet people) {
      return hasEnough(people, waiting) ? 1 : 0;
    }

    @Override
    public boolean wants(double worth, double loss) {
      return worth > 0 && loss < best;
    }

    @Override
    public void visit(double worth, double loss) {
      if (wants(worth, loss)) {
        best = loss;
        levels = Optional.of(cells.levels());
      }
    }
  }

  private final class MostGain implements CellSearch.Visitor {
    private final EpochState epoch;
    private final WaitingIndex waiting;
    private final double own;
    private final double limit;
    private final List<Found> found = new ArrayList<>(1);
    private double best;

    private MostGain(EpochState epoch, Optional<Double> open) {
      this.epoch = epoch;
      this.waiting = epoch.waiting().index();
      this.own = open.orElse(1.0);
      this.limit = open.isPresent() ? MOST * own : Double.POSITIVE_INFINITY;
      this.best =
          open.isPresent() ? LEAST * k * epoch.cells().meanLoss() : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double worth(SlotSet people) {
      return expected(people, waiting);
    }

    @Override
    public boolean wants(double worth, double loss) {
      return loss < limit && own + worth - k * loss > best;
    }

    @Override
    public void visit(double worth, double loss) {
      if (wants(worth, loss)) {
        double gain = own + worth - k * loss;
        if (epoch.conditions().none()) {
          best = gain;
          found.clear();
        }
        found.add(new Found(gain, loss, new Tuple(cells.levels())));
      }
    }

    private Optional<int[]> levels() {
      return found.stream().findFirst().map(one -> one.levels().items());
    }

    private Optional<int[]> underConditions(View view, HeldEvent event) {
      found.sort(Found.ORDER);
      Set<Tuple> seen = new HashSet<>();
      int tries = 0;
      for (Found one : found) {
        int[] levels = one.levels().items();
        if (seen.add(one.levels()) && isDistinct(view, event, levels)) {
          if (Opening.choose(view, event, epoch, levels).isPresent()) {
            return Optional.of(levels);
          }
          if (++tries == TRIES) {
            return Optional.empty();
          }
        }
      }
      return Optional.empty();
    }

    /** Whether those whom a cell covers have as many values as its conditions need at least. */
    private boolean isDistinct(View view, HeldEvent event, int[] levels) {
      List<HeldEvent> covered = Opening.covered(view, waiting, levels);
      for (int field = 0; field < conditions.size(); field++) {
        int wanted =
            conditions.get(field).stream()
                .mapToInt(SensitiveCondition::leastDistinct)
                .max()
                .orElse(1);
        Set<String> values = new HashSet<>();
        for (int i = 0; i <= covered.size() && wanted > 1 && values.size() < wanted; i++) {
          Member member = i < covered.size() ? covered.get(i).member() : event.member();
          for (HeldEvent held : member.held()) {
            values.add(held.sensitive().get(field));
          }
          values.remove("");
        }
        if (wanted > 1 && values.size() < wanted) {
          return false;
        }
      }
      return true;
    }
  }

  /** What the k - 1 people who have most to expect may expect together; less than all if fewer. */
  private double expected(SlotSet people, WaitingIndex waiting) {
    int top = -1;
    boolean overlaps = overlaps(people, waiting);
    if (overlaps) {
      for (int grade : highest(people, waiting).values()) {
        perGrade[grade]++;
        top = Math.max(top, grade);
      }
    }
    for (int word = people.words() - 1; word >= 0; word--) {
      long once = people.bits(word);
      if (overlaps) {
        once &= ~waiting.several()[people.place(word)];
      }
      for (; once != 0; once &= once - 1) {
        int grade = waiting.grade((people.place(word) << 6) | Long.numberOfTrailingZeros(once));
        perGrade[grade]++;
        top = Math.max(top, grade);
      }
    }
    int wanted = k - 1;
    double sum = 0;
    for (int grade = top; grade >= 0 && wanted > 0; grade--) {
      int taken = Math.min(wanted, perGrade[grade]);
      sum += taken * WaitingIndex.loss(grade);
      wanted -= taken;
    }
    Arrays.fill(perGrade, 0, top + 1, 0);
    return wanted > 0 ? Double.NEGATIVE_INFINITY : sum;
  }

  /** Whether somebody may be among the people more than once. */
  private static boolean overlaps(SlotSet people, WaitingIndex waiting) {
    if (waiting.hasSeveral()) {
      for (int word = people.words() - 1; word >= 0; word--) {
        if ((people.bits(word) & waiting.several()[people.place(word)]) != 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether there are k - 1 people, each counted once. */
  private boolean hasEnough(SlotSet people, WaitingIndex waiting) {
    if (!overlaps(people, waiting)) {
      return true;
    }
    int count = 0;
    for (int word = people.words() - 1; word >= 0; word--) {
      count += Long.bitCount(people.bits(word) & ~waiting.several()[people.place(word)]);
    }
    return count >= k - 1 || count + highest(people, waiting).size() >= k - 1;
  }

  /** Of those who are among the people more than once, or could be: each one's highest grade. */
  private static Map<Member, Integer> highest(SlotSet people, WaitingIndex waiting) {
    Map<Member, Integer> grades = new HashMap<>();
    for (int word = people.words() - 1; word >= 0; word--) {
      long several = people.bits(word) & waiting.several()[people.place(word)];
      for (; several != 0; several &= several - 1) {
        int slot = (people.place(word) << 6) | Long.numberOfTrailingZeros(several);
        grades.merge(waiting.event(slot).member(), waiting.grade(slot), Math::max);
      }
    }
    return grades;
  }
}
