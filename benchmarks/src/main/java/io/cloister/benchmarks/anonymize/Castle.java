// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * CASTLE: Cao, Carminati, Ferrari, Tan, "CASTLE: Continuously Anonymizing Data Streams", IEEE
 * Transactions on Dependable and Secure Computing 8(3), 2011. Written after its description there;
 * a categorical and a numerical attribute alike are generalized to the nodes of a hierarchy, and a
 * cluster's size is its number of distinct people.
 *
 * <p>Where the paper says "any" or "random", the generator decides, except that among equally good
 * clusters of equal size the oldest is taken.
 */
final class Castle implements StreamAnonymizer {
  private final Sample sample;
  private final int k;
  private final int delay;
  private final int beta;
  private final int mu;
  private final Random random;
  private final List<Cluster> growing = new ArrayList<>();
  private final List<int[]> reusable = new ArrayList<>();
  private final Map<Integer, Cluster> waiting = new TreeMap<>();
  private final Deque<Double> lately = new ArrayDeque<>();
  private double tau;

  /**
   * @param sample whose rows will come
   * @param k how many people a cluster must have
   * @param delay the paper's delta: how many rows may come between a row and its release
   * @param beta how many clusters may grow at a time
   * @param mu over how many clusters the loss is averaged that is deemed fine
   * @param seed of all random choices
   */
  Castle(Sample sample, int k, int delay, int beta, int mu, long seed) {
    this.sample = sample;
    this.k = k;
    this.delay = delay;
    this.beta = beta;
    this.mu = mu;
    this.random = new Random(seed);
  }

  @Override
  public void accept(int row, Output output) {
    push(row);
    int expiring = row - delay;
    if (waiting.containsKey(expiring)) {
      expire(expiring, output);
    }
  }

  @Override
  public void end(Output output) {
    while (!waiting.isEmpty()) {
      expire(waiting.keySet().iterator().next(), output);
    }
  }

  /** The paper's procedure best_selection, and what follows on it. */
  private void push(int row) {
    int[] leaves = sample.leaves(row);
    double least = Double.POSITIVE_INFINITY;
    List<Cluster> nearest = new ArrayList<>();
    for (Cluster cluster : growing) {
      double enlargement = cluster.enlargement(leaves);
      if (enlargement < least) {
        least = enlargement;
        nearest.clear();
      }
      if (enlargement == least) {
        nearest.add(cluster);
      }
    }
    List<Cluster> fine =
        nearest.stream()
            .filter(cluster -> sample.space().joinedLoss(cluster.cell(), leaves) <= tau)
            .toList();
    Comparator<Cluster> bySize = Comparator.comparingInt(Cluster::people);
    Cluster chosen;
    if (!fine.isEmpty()) {
      chosen = fine.stream().min(bySize).orElseThrow();
      chosen.add(row);
    } else if (growing.size() >= beta) {
      chosen = nearest.stream().min(bySize).orElseThrow();
      chosen.add(row);
    } else {
      chosen = new Cluster(sample, row);
      growing.add(chosen);
    }
    waiting.put(row, chosen);
  }

  /** The paper's procedure delay_constraint. */
  private void expire(int row, Output output) {
    Cluster cluster = cluster(row);
    if (cluster.people() >= k) {
      publish(cluster, output);
      return;
    }
    List<int[]> covering =
        reusable.stream().filter(cell -> sample.space().covers(cell, sample.leaves(row))).toList();
    if (!covering.isEmpty()) {
      leave(row, cluster);
      output.release(row, covering.get(random.nextInt(covering.size())));
      return;
    }
    long larger = growing.stream().filter(other -> cluster.people() < other.people()).count();
    if (2 * larger > growing.size() || people() < k) {
      leave(row, cluster);
      output.suppress(row);
      return;
    }
    merge(cluster);
    publish(cluster, output);
  }

  private Cluster cluster(int row) {
    Cluster cluster = waiting.get(row);
    if (cluster == null) {
      throw new IllegalStateException("a row that waits has no cluster");
    }
    return cluster;
  }

  private long people() {
    return waiting.keySet().stream().mapToInt(sample::person).distinct().count();
  }

  private void leave(int row, Cluster cluster) {
    waiting.remove(row);
    cluster.remove(row);
    if (cluster.isEmpty()) {
      growing.remove(cluster);
    }
  }

  /** Takes in the clusters that enlarge it least, until it has k people. */
  private void merge(Cluster cluster) {
    while (cluster.people() < k) {
      Cluster nearest =
          growing.stream()
              .filter(other -> other != cluster)
              .min(Comparator.comparingDouble(other -> cluster.enlargement(other.cell())))
              .orElseThrow();
      cluster.addAll(nearest);
      nearest.rows().forEach(row -> waiting.put(row, cluster));
      growing.remove(nearest);
    }
  }

  /** The paper's procedure output_cluster. */
  private void publish(Cluster cluster, Output output) {
    growing.remove(cluster);
    for (Cluster part : cluster.people() >= 2 * k ? split(cluster) : List.of(cluster)) {
      for (int row : part.rows()) {
        waiting.remove(row);
        output.release(row, part.cell());
      }
      lately.addLast(part.loss());
      if (lately.size() > mu) {
        lately.removeFirst();
      }
      tau = lately.stream().mapToDouble(Double::doubleValue).average().orElse(0);
      if (part.loss() < tau) {
        reusable.add(part.cell());
      }
    }
  }

  /** Around random people, each with the k - 1 nearest others; who is left joins the nearest. */
  private List<Cluster> split(Cluster cluster) {
    Map<Integer, List<Integer>> byPerson = new TreeMap<>();
    for (int row : cluster.rows()) {
      byPerson.computeIfAbsent(sample.person(row), who -> new ArrayList<>()).add(row);
    }
    List<Cluster> parts = new ArrayList<>();
    while (byPerson.size() >= k) {
      List<Integer> people = List.copyOf(byPerson.keySet());
      int centre = people.get(random.nextInt(people.size()));
      int seed = any(byPerson, centre);
      Map<Integer, Double> distance = new HashMap<>();
      List<Integer> others = new ArrayList<>();
      for (int person : people) {
        if (person != centre) {
          int row = any(byPerson, person);
          others.add(row);
          distance.put(row, sample.space().joinedLoss(sample.leaves(seed), sample.leaves(row)));
        }
      }
      others.sort(Comparator.comparing(distance::get));
      Cluster part = new Cluster(sample, seed);
      take(byPerson, seed);
      for (int row : others.subList(0, k - 1)) {
        part.add(row);
        take(byPerson, row);
      }
      parts.add(part);
    }
    for (List<Integer> left : byPerson.values()) {
      int[] leaves = sample.leaves(left.get(random.nextInt(left.size())));
      Cluster nearest =
          parts.stream()
              .min(Comparator.comparingDouble(part -> part.enlargement(leaves)))
              .orElseThrow();
      left.forEach(nearest::add);
    }
    return parts;
  }

  private int any(Map<Integer, List<Integer>> byPerson, int person) {
    List<Integer> rows = byPerson.getOrDefault(person, List.of());
    return rows.get(random.nextInt(rows.size()));
  }

  private void take(Map<Integer, List<Integer>> byPerson, int row) {
    byPerson.computeIfPresent(
        sample.person(row),
        (who, rows) -> {
          rows.remove((Integer) row);
          return rows.isEmpty() ? null : rows;
        });
  }
}
