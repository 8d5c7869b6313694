// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Exact search over every combination of levels. Each person who waits is counted at the lowest
 * combination that they share with the event; sums along each axis then give for every combination
 * how many people it covers. Who waits under several leaves is counted by inclusion and exclusion.
 */
final class LatticeSearch implements CellSearch {
  /** More combinations than this are not searched one by one. */
  static final int LIMIT = 1 << 16;

  /** Beyond this many leaves a person's combinations are marked one by one. */
  private static final int MAX_TERMS = 4;

  /** How many cells are looked at for conditions on sensitive values. */
  private static final int TRIES = 32;

  private final int k;
  private final List<Integer> diversities;
  private final int[] radix;
  private final int[] stride;
  private final int size;
  private final int[] people;
  private final double[] losses;
  private final int[] distinct;
  private final long[] marks;
  private final boolean[] undiverse;

  LatticeSearch(EngineSettings settings) {
    this.k = settings.k();
    this.diversities = settings.conditions().stream().map(LatticeSearch::leastDistinct).toList();
    this.radix = settings.hierarchies().stream().mapToInt(h -> h.levels()).toArray();
    this.stride = new int[radix.length];
    int nodes = 1;
    for (int q = 0; q < radix.length; q++) {
      stride[q] = nodes;
      nodes *= radix[q];
    }
    this.size = nodes;
    this.people = new int[size];
    this.losses = new double[size];
    boolean diverse = diversities.stream().anyMatch(l -> l > 1);
    this.distinct = new int[diverse ? size : 0];
    this.marks = new long[size];
    this.undiverse = new boolean[diverse ? size : 0];
  }

  private static int leastDistinct(List<SensitiveCondition> conditions) {
    return conditions.stream().mapToInt(SensitiveCondition::leastDistinct).max().orElse(1);
  }

  static boolean fits(EngineSettings settings) {
    long nodes = 1;
    for (var hierarchy : settings.hierarchies()) {
      nodes *= hierarchy.levels();
      if (nodes > LIMIT) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Optional<int[]> find(View view, HeldEvent event, EpochState epoch, double below) {
    Waiting waiting = epoch.waiting();
    if (waiting.people() < k - 1) {
      return Optional.empty();
    }
    if (!countPeople(view, event, waiting, below) || people[size - 1] < k - 1) {
      return Optional.empty();
    }
    markUndiverse(view, event, waiting);
    fillLosses(view);
    List<Integer> refused = new ArrayList<>();
    while (refused.size() < TRIES) {
      int best = best(view, below, refused);
      if (best < 0) {
        return Optional.empty();
      }
      int[] levels = levels(best);
      if (epoch.conditions().none()
          || Opening.choose(view, event, epoch, view.raised(levels)).isPresent()) {
        return Optional.of(levels);
      }
      refused.add(best);
    }
    return Optional.empty();
  }

  /** The combination of least loss that k people can open and that has not been refused. */
  private int best(View view, double below, List<Integer> refused) {
    int best = -1;
    double bestLoss = below;
    for (int node = 0; node < size; node++) {
      if (people[node] >= k - 1
          && losses[node] < bestLoss
          && (undiverse.length == 0 || !undiverse[node])
          && !view.isAllRoot(levels(node))
          && !isLikeRefused(node, refused)) {
        best = node;
        bestLoss = losses[node];
      }
    }
    return best;
  }

  /** Whether a combination that has been refused covers the same people. */
  private boolean isLikeRefused(int node, List<Integer> refused) {
    for (int other : refused) {
      if (people[other] == people[node] && View.below(levels(other), levels(node))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Counts the people other than the event's own, for the combinations that lose less than asked
   * for: whoever is nowhere near is in none of them. Says whether there are k people at all.
   */
  private boolean countPeople(View view, HeldEvent event, Waiting waiting, double below) {
    Arrays.fill(people, 0);
    int near = waiting.inSeveral().size();
    List<HeldEvent> own =
        event.member().cell().isPresent() ? List.of() : Waiting.distinct(event.member());
    for (LeafGroup group : waiting.groups()) {
      boolean self = own.size() == 1 && own.get(0).leaf().equals(group.held().get(0).leaf());
      int others = group.singles() - (self ? 1 : 0);
      if (others > 0) {
        int[] join = view.join(group.chains());
        if (view.lossUpTo(join, below) < below) {
          people[node(join)] += others;
          near += others;
        }
      }
    }
    if (near < k - 1) {
      return false;
    }
    for (Member member : waiting.inSeveral()) {
      if (member != event.member()) {
        List<HeldEvent> leaves = Waiting.distinct(member);
        if (leaves.size() <= MAX_TERMS) {
          includeAndExclude(view, leaves);
        }
      }
    }
    sumUp(people);
    for (Member member : waiting.inSeveral()) {
      if (member != event.member()) {
        List<HeldEvent> leaves = Waiting.distinct(member);
        if (leaves.size() > MAX_TERMS) {
          markOneByOne(view, leaves);
        }
      }
    }
    return true;
  }

  private void includeAndExclude(View view, List<HeldEvent> leaves) {
    int[][] joins = leaves.stream().map(leaf -> view.join(leaf.chains())).toArray(int[][]::new);
    for (int subset = 1; subset < 1 << joins.length; subset++) {
      int[] top = view.base().clone();
      for (int i = 0; i < joins.length; i++) {
        if ((subset & 1 << i) != 0) {
          for (int q = 0; q < top.length; q++) {
            top[q] = Math.max(top[q], joins[i][q]);
          }
        }
      }
      people[node(top)] += Integer.bitCount(subset) % 2 == 1 ? 1 : -1;
    }
  }

  private void markOneByOne(View view, List<HeldEvent> leaves) {
    Arrays.fill(marks, 0);
    leaves.forEach(leaf -> marks[node(view.join(leaf.chains()))] = 1);
    spread(marks);
    for (int node = 0; node < size; node++) {
      people[node] += (int) marks[node];
    }
  }

  /** Marks the combinations whose events have too few distinct values of a sensitive field. */
  private void markUndiverse(View view, HeldEvent event, Waiting waiting) {
    if (undiverse.length == 0) {
      return;
    }
    Arrays.fill(undiverse, false);
    for (int field = 0; field < diversities.size(); field++) {
      int wanted = diversities.get(field);
      if (wanted > 1) {
        countDistinct(view, event, waiting, field);
        for (int node = 0; node < size; node++) {
          undiverse[node] |= distinct[node] < wanted;
        }
      }
    }
  }

  private void countDistinct(View view, HeldEvent event, Waiting waiting, int field) {
    Map<String, Integer> numbers = new HashMap<>();
    List<HeldEvent> own = event.member().held();
    own.forEach(held -> number(numbers, held, field));
    for (LeafGroup group : waiting.groups()) {
      group.held().forEach(held -> number(numbers, held, field));
    }
    Arrays.fill(distinct, 0);
    for (int block = 0; block < numbers.size(); block += Long.SIZE) {
      Arrays.fill(marks, 0);
      for (HeldEvent held : own) {
        mark(numbers, held, field, block, node(view.join(held.chains())));
      }
      for (LeafGroup group : waiting.groups()) {
        int node = node(view.join(group.chains()));
        for (HeldEvent held : group.held()) {
          mark(numbers, held, field, block, node);
        }
      }
      spread(marks);
      for (int node = 0; node < size; node++) {
        distinct[node] += Long.bitCount(marks[node]);
      }
    }
  }

  private static void number(Map<String, Integer> numbers, HeldEvent held, int field) {
    if (Opening.speaks(held, field)) {
      numbers.putIfAbsent(held.event().sensitive().get(field), numbers.size());
    }
  }

  private void mark(Map<String, Integer> numbers, HeldEvent held, int field, int block, int node) {
    Integer number = numbers.get(held.event().sensitive().get(field));
    if (number != null
        && Opening.speaks(held, field)
        && number >= block
        && number < block + Long.SIZE) {
      marks[node] |= 1L << (number - block);
    }
  }

  private void sumUp(int[] values) {
    for (int q = 0; q < radix.length; q++) {
      int step = stride[q];
      for (int from = 0; from < size; from += step * radix[q]) {
        for (int node = from + step; node < from + step * radix[q]; node++) {
          values[node] += values[node - step];
        }
      }
    }
  }

  private void spread(long[] values) {
    for (int q = 0; q < radix.length; q++) {
      int step = stride[q];
      for (int from = 0; from < size; from += step * radix[q]) {
        for (int node = from + step; node < from + step * radix[q]; node++) {
          values[node] |= values[node - step];
        }
      }
    }
  }

  private void fillLosses(View view) {
    losses[0] = 0;
    for (int q = 0; q < radix.length; q++) {
      double[] loss = view.losses(q);
      for (int level = radix[q] - 1; level >= 0; level--) {
        for (int node = 0; node < stride[q]; node++) {
          losses[level * stride[q] + node] = losses[node] + loss[level];
        }
      }
    }
  }

  private int node(int[] levels) {
    int node = 0;
    for (int q = 0; q < levels.length; q++) {
      node += levels[q] * stride[q];
    }
    return node;
  }

  private int[] levels(int node) {
    int[] levels = new int[radix.length];
    for (int q = 0; q < levels.length; q++) {
      levels[q] = node / stride[q] % radix[q];
    }
    return levels;
  }
}
