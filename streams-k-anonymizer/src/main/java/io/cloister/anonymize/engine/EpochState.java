// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import io.cloister.common.error.BugException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the engine knows of one epoch. */
final class EpochState {
  private final long epoch;
  private final LabelTree[] trees;
  private final OpenCells cells;
  private final Waiting waiting;
  private final Conditions conditions;
  private final FirstCells.Progress firstCells = new FirstCells.Progress();
  private final Members members = new Members();
  private final Set<String> moved = new HashSet<>();
  private int held;

  EpochState(long epoch, EngineSettings settings, Journal journal) {
    this.epoch = epoch;
    this.conditions = new Conditions(epoch, settings, journal);
    this.trees = settings.hierarchies().stream().map(LabelTree::new).toArray(LabelTree[]::new);
    this.cells = new OpenCells(trees.length);
    this.waiting = new Waiting(trees.length);
  }

  long epoch() {
    return epoch;
  }

  OpenCells cells() {
    return cells;
  }

  Conditions conditions() {
    return conditions;
  }

  FirstCells.Progress firstCells() {
    return firstCells;
  }

  Waiting waiting() {
    return waiting;
  }

  Members members() {
    return members;
  }

  Member member(String person) {
    return members.get(person);
  }

  /**
   * The class of the event's person, where it covers and takes the event, and nothing else of the
   * person waits for it: nearly all events take this way. Allocates nothing, as long as the event
   * changes nothing in what the class was released with.
   */
  @Nullable OpenCell ownCell(Event event) {
    Member member = members.find(event.person());
    OpenCell cell = member == null ? null : member.cellOrNull();
    if (member == null || cell == null || !cell.covers(event.chains())) {
      return null;
    }
    return conditions.none()
            || (!member.waits() && conditions.admits(event.person(), event.sensitive(), cell))
        ? cell
        : null;
  }

  /** Which open cells the conditions let an event join now. */
  Predicate<OpenCell> admitting(HeldEvent event) {
    if (conditions.none()) {
      return cell -> true;
    }
    String person = event.member().person();
    return cell -> conditions.admits(person, event.sensitive(), cell);
  }

  /** The people who have left for the rest of the epoch; none of them is a member any more. */
  Set<String> moved() {
    return moved;
  }

  int held() {
    return held;
  }

  /** How many quasi-identifiers there are. */
  int width() {
    return trees.length;
  }

  int[][] intern(List<List<String>> chains) {
    int[][] numbers = new int[trees.length][];
    for (int q = 0; q < trees.length; q++) {
      numbers[q] = trees[q].intern(chains.get(q));
    }
    return numbers;
  }

  /** The labels of all levels above given ones. */
  int[][] chains(int[] leaf) {
    int[][] chains = new int[leaf.length][];
    for (int q = 0; q < leaf.length; q++) {
      chains[q] = trees[q].chain(leaf[q]);
    }
    return chains;
  }

  /** The same as texts. */
  List<List<String>> texts(int[] leaf) {
    List<List<String>> chains = new ArrayList<>(leaf.length);
    for (int q = 0; q < leaf.length; q++) {
      chains.add(trees[q].chainTexts(leaf[q]));
    }
    return chains;
  }

  boolean isAllRoot(Tuple labels) {
    for (int q = 0; q < trees.length; q++) {
      if (labels.get(q) != trees[q].root()) {
        return false;
      }
    }
    return true;
  }

  boolean hasClass(String person) {
    Member member = members.find(person);
    return member != null && member.cell().isPresent();
  }

  /** Whether the event's person has a class that covers the event and takes it now. */
  boolean hasClassFor(Event event, int[][] chains) {
    Member member = members.find(event.person());
    return member != null
        && member
            .cell()
            .filter(cell -> cell.covers(chains))
            .filter(cell -> conditions.admits(event.person(), event.sensitive(), cell))
            .isPresent();
  }

  /**
   * The labels by which an event goes whose person had a class: none below those in which the two
   * meet.
   *
   * @param chains the event's labels
   * @param last the class's labels, each with those above it
   */
  int[][] meet(int[][] chains, List<List<String>> last) {
    int[][] met = new int[chains.length][];
    for (int q = 0; q < chains.length; q++) {
      int meeting = trees[q].internLineage(last.get(q));
      for (int label : trees[q].lineage(meeting)) {
        if (contains(chains[q], label)) {
          meeting = label;
          break;
        }
      }
      met[q] = trees[q].chain(meeting);
    }
    return met;
  }

  /** Lets an event that waits go by other labels than before. */
  void raise(HeldEvent event, int[][] chains) {
    if (event.member().cell().isPresent()) {
      event.goBy(chains);
    } else {
      waiting.remove(event);
      event.goBy(chains);
      waiting.add(event, openLoss(event));
    }
  }

  /** The ancestors that the event may be released in, given its person's class. */
  View view(HeldEvent event) {
    int[] base = new int[trees.length];
    int[][] chains = event.chains();
    if (event.member().cell().isPresent()) {
      Tuple labels = event.member().cell().get().labels();
      for (int q = 0; q < base.length; q++) {
        while (!contains(trees[q].lineage(labels.get(q)), chains[q][base[q]])) {
          base[q]++;
        }
      }
    }
    return new View(trees, chains, base);
  }

  private static boolean contains(int[] labels, int label) {
    for (int other : labels) {
      if (other == label) {
        return true;
      }
    }
    return false;
  }

  void hold(HeldEvent event) {
    held++;
    if (event.member().cell().isPresent()) {
      event.member().add(event);
    } else {
      waiting.add(event, openLoss(event));
    }
  }

  private double openLoss(HeldEvent event) {
    return cells.nearest(view(event), cell -> true).map(OpenCell::loss).orElse(1.0);
  }

  /** Forgets an event that has been decided, and its person when nothing else is known of them. */
  void drop(HeldEvent event) {
    Member member = event.member();
    held--;
    if (member.cell().isPresent()) {
      member.remove(event);
    } else {
      waiting.remove(event);
      if (!member.waits()) {
        members.remove(member);
      }
    }
  }

  /** Gives a person a class. */
  void settle(Member member, OpenCell cell) {
    if (member.cell().isEmpty()) {
      waiting.leave(member);
    }
    member.settle(cell);
  }

  /** Whether a cell of these labels, once open, covers an event: {@link OpenCell#covers}. */
  boolean covers(Tuple labels, int[][] chains) {
    for (int q = 0; q < trees.length; q++) {
      if (chains[q][trees[q].height(labels.get(q))] != labels.get(q)) {
        return false;
      }
    }
    return true;
  }

  OpenCell open(Tuple labels) {
    int[] levels = new int[trees.length];
    List<List<String>> lineages = new ArrayList<>();
    double loss = 0;
    for (int q = 0; q < levels.length; q++) {
      levels[q] = trees[q].height(labels.get(q));
      lineages.add(trees[q].lineageTexts(labels.get(q)));
      loss += trees[q].loss(labels.get(q));
    }
    OpenCell cell = new OpenCell(labels, levels, List.copyOf(lineages), loss / levels.length);
    cells.add(cell);
    waiting.index().opened(cell);
    return cell;
  }

  /** The form in which a cell is kept. */
  EngineState.Cell stateOf(OpenCell cell) {
    return new EngineState.Cell(epoch, cell.lineages());
  }

  void restore(EngineState.Cell cell) {
    int[] labels = new int[trees.length];
    for (int q = 0; q < trees.length; q++) {
      labels[q] = trees[q].internLineage(cell.lineages().get(q));
    }
    // Before the first cells hardly any opens that loses something; if one did, only loss is at
    // stake.
    if (open(new Tuple(labels)).loss() > 0) {
      firstCells.skip();
    }
  }

  void restore(EngineState.Settled settled) {
    int[] labels = new int[trees.length];
    for (int q = 0; q < trees.length; q++) {
      labels[q] = trees[q].number(settled.cell().get(q));
    }
    OpenCell cell =
        cells
            .get(new Tuple(labels))
            .orElseThrow(() -> new BugException("a stored class has no stored cell"));
    member(settled.person()).settle(cell);
  }
}
