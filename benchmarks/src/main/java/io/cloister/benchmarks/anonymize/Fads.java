// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * FADS: Guo, Zhang, "Fast clustering-based anonymization approaches with time constraints for data
 * streams", Knowledge-Based Systems 46, 2013. Written after its description there; attributes are
 * generalized to the nodes of a hierarchy, and the neighbours are k - 1 other people. Once the
 * buffer is full, the oldest row is published: with its nearest neighbours in a new cluster, or
 * alone in an earlier one that loses less. A row waits until the buffer has filled up behind it,
 * which takes more arrivals than the buffer has places, since each new cluster empties k of them.
 */
final class Fads implements StreamAnonymizer {
  private static final double UNITS = 1e9;

  private static final class Published {
    private final int[] cell;
    private final double loss;
    private final int at;

    Published(int[] cell, double loss, int at) {
      this.cell = cell;
      this.loss = loss;
      this.at = at;
    }

    int[] cell() {
      return cell;
    }

    double loss() {
      return loss;
    }

    int at() {
      return at;
    }
  }

  private final Sample sample;
  private final int k;
  private final int buffer;
  private final int reuse;
  private final Set<Integer> waiting = new LinkedHashSet<>();
  private final Deque<Published> published = new ArrayDeque<>();
  private int now;

  /**
   * @param sample whose rows will come
   * @param k how many people a cluster must have
   * @param buffer the paper's delta: how many rows wait at most
   * @param reuse the paper's T_kc: for how many arrivals a published cluster may take further rows
   */
  Fads(Sample sample, int k, int buffer, int reuse) {
    this.sample = sample;
    this.k = k;
    this.buffer = buffer;
    this.reuse = reuse;
  }

  @Override
  public void accept(int row, Output output) {
    now = row;
    waiting.add(row);
    while (!published.isEmpty() && now - published.getFirst().at() >= reuse) {
      published.removeFirst();
    }
    if (waiting.size() >= buffer) {
      publish(output);
    }
  }

  @Override
  public void end(Output output) {
    while (!waiting.isEmpty()) {
      publish(output);
    }
  }

  private void publish(Output output) {
    int row = waiting.iterator().next();
    waiting.remove(row);
    int[] leaves = sample.leaves(row);
    Optional<Published> earlier =
        published.stream()
            .filter(cluster -> sample.space().covers(cluster.cell(), leaves))
            .min(Comparator.comparingDouble(Published::loss));
    List<Integer> neighbours = neighbours(row);
    if (neighbours.size() < k - 1) {
      earlier.ifPresentOrElse(
          cluster -> output.release(row, cluster.cell()), () -> output.suppress(row));
      return;
    }
    int[] cell = leaves;
    for (int neighbour : neighbours) {
      cell = sample.space().join(cell, sample.leaves(neighbour));
    }
    double loss = sample.space().loss(cell);
    if (earlier.isPresent() && earlier.get().loss() < loss) {
      output.release(row, earlier.get().cell());
      return;
    }
    output.release(row, cell);
    for (int neighbour : neighbours) {
      waiting.remove(neighbour);
      output.release(neighbour, cell);
    }
    published.addLast(new Published(cell, loss, now));
  }

  /** The nearest rows of up to k - 1 other people, the older first among equally near ones. */
  private List<Integer> neighbours(int row) {
    long[] byDistance = new long[waiting.size()];
    int count = 0;
    for (int other : waiting) {
      double distance = sample.space().joinedLoss(sample.leaves(row), sample.leaves(other));
      byDistance[count++] = (Math.round(distance * UNITS) << 32) | other;
    }
    Arrays.sort(byDistance);
    List<Integer> nearest = new ArrayList<>();
    Set<Integer> people = new HashSet<>(Set.of(sample.person(row)));
    for (int i = 0; i < count && nearest.size() < k - 1; i++) {
      int other = (int) byDistance[i];
      if (people.add(sample.person(other))) {
        nearest.add(other);
      }
    }
    return nearest;
  }
}
