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
  private static final double MOST = 1.1;

  /**
   * What each of the k people must gain at least, as a share of what open cells lose on average.
   */
  private static final double LEAST = 0.04;

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

  /**
   * @param view the event's ancestors
   * @param event an event
   * @param waiting who waits; told of the cell
   * @return what the finest cell loses that k people could open now, the event's among them, mean
   *     over the quasi-identifiers; 1 when there is none
   */
  double leastLoss(View view, HeldEvent event, WaitingIndex waiting) {
    LeastLoss least = new LeastLoss(waiting);
    cells.walk(view, event.member(), waiting, k - 1, least);
    least.levels.ifPresent(levels -> waiting.shared(view, levels, least.best));
    return least.best;
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
    private double best = 1;
    private Optional<int[]> levels = Optional.empty();

    private LeastLoss(WaitingIndex waiting) {
      this.waiting = waiting;
    }

    @Override
    public boolean wants(double loss) {
      return loss < best;
    }

    @Override
    public void visit(long[] people, double loss) {
      if (loss < best && (!overlaps(people, waiting) || highest(people, waiting).size() >= k - 1)) {
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
    private final double most;
    private final List<Found> found = new ArrayList<>(1);
    private double best;

    private MostGain(EpochState epoch, Optional<Double> open) {
      this.epoch = epoch;
      this.waiting = epoch.waiting().index();
      this.own = open.orElse(1.0);
      this.limit = open.isPresent() ? MOST * own : Double.POSITIVE_INFINITY;
      this.best =
          open.isPresent() ? LEAST * k * epoch.cells().meanLoss() : Double.NEGATIVE_INFINITY;
      this.most = own + expected(waiting.all(), waiting);
    }

    @Override
    public boolean wants(double loss) {
      return loss < limit && most - k * loss > best;
    }

    @Override
    public void visit(long[] people, double loss) {
      if (wants(loss)) {
        double gain = own + expected(people, waiting) - k * loss;
        if (gain > best) {
          if (epoch.conditions().none()) {
            best = gain;
            found.clear();
          }
          found.add(new Found(gain, loss, new Tuple(cells.levels())));
        }
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
            values.add(held.event().sensitive().get(field));
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
  private double expected(long[] people, WaitingIndex waiting) {
    int top = -1;
    if (overlaps(people, waiting)) {
      for (int grade : highest(people, waiting).values()) {
        perGrade[grade]++;
        top = Math.max(top, grade);
      }
    } else {
      for (int word = waiting.usedWords() - 1; word >= 0; word--) {
        for (long left = people[word]; left != 0; left &= left - 1) {
          int grade = waiting.grade((word << 6) | Long.numberOfTrailingZeros(left));
          perGrade[grade]++;
          top = Math.max(top, grade);
        }
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
  private static boolean overlaps(long[] people, WaitingIndex waiting) {
    if (waiting.hasSeveral()) {
      for (int word = waiting.usedWords() - 1; word >= 0; word--) {
        if ((people[word] & waiting.several()[word]) != 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static Map<Member, Integer> highest(long[] people, WaitingIndex waiting) {
    Map<Member, Integer> grades = new HashMap<>();
    for (int word = waiting.usedWords() - 1; word >= 0; word--) {
      for (long left = people[word]; left != 0; left &= left - 1) {
        int slot = (word << 6) | Long.numberOfTrailingZeros(left);
        grades.merge(waiting.event(slot).member(), waiting.grade(slot), Math::max);
      }
    }
    return grades;
  }
}
