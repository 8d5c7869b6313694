// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import io.cloister.common.hierarchy.Hierarchy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * People of whom up to 14 things are known, with the number of values, the skew and the hierarchies
 * of census data and student records. The same seed gives the same people on every machine.
 */
final class SyntheticPeople {
  /** How many quasi-identifiers there can be. */
  static final int MOST_ATTRIBUTES = 14;

  /** Values, how many of them each level above joins, and the exponent of the values' frequency. */
  private record Attribute(int values, List<Integer> joined, double skew) {}

  private static final List<Attribute> ATTRIBUTES =
      List.of(
          new Attribute(2, List.of(), 1.1), // sex
          new Attribute(72, List.of(5, 10, 20), 0.8), // age
          new Attribute(5, List.of(), 3.2), // race
          new Attribute(7, List.of(4), 1.8), // marital status
          new Attribute(16, List.of(4, 8), 1.8), // education
          new Attribute(41, List.of(8), 3.6), // country
          new Attribute(7, List.of(3), 2.7), // work class
          new Attribute(14, List.of(3), 1.0), // occupation
          new Attribute(6, List.of(3), 1.2), // relationship
          new Attribute(60, List.of(5, 10, 20), 1.4), // hours a week
          new Attribute(13, List.of(3, 6), 0.5), // region
          new Attribute(30, List.of(3, 9), 1.6), // credits
          new Attribute(10, List.of(2, 4), 0.2), // band of deprivation
          new Attribute(2, List.of(), 3.0)); // disability

  private final List<Taxonomy> taxonomies = new ArrayList<>();
  private final List<double[]> cumulated = new ArrayList<>();
  private final Random random;

  /**
   * @param attributes how many quasi-identifiers, 1 to 14
   * @param seed of all draws
   */
  SyntheticPeople(int attributes, long seed) {
    this.random = new Random(seed);
    for (int q = 0; q < attributes; q++) {
      Attribute attribute = ATTRIBUTES.get(q);
      taxonomies.add(taxonomy(q, attribute));
      cumulated.add(cumulated(attribute));
    }
  }

  private static Taxonomy taxonomy(int q, Attribute attribute) {
    List<List<String>> lines = new ArrayList<>();
    for (int value = 0; value < attribute.values(); value++) {
      List<String> line = new ArrayList<>(List.of(label(q, 1, value)));
      for (int joined : attribute.joined()) {
        line.add(label(q, joined, value));
      }
      line.add(Hierarchy.ROOT);
      lines.add(line);
    }
    return new Taxonomy(lines);
  }

  private static String label(int q, int joined, int value) {
    return "q" + q + "/" + joined + "/" + value / joined;
  }

  private static double[] cumulated(Attribute attribute) {
    double[] sums = new double[attribute.values()];
    double sum = 0;
    for (int rank = 0; rank < sums.length; rank++) {
      sum += Math.pow(rank + 1, -attribute.skew());
      sums[rank] = sum;
    }
    double all = sum;
    return Arrays.stream(sums).map(one -> one / all).toArray();
  }

  /**
   * @param number a person's, below a thousand million
   * @return a name of the form and the length of a pseudonym, 29 characters
   */
  static String pseudonym(long number) {
    return "t1.k10.000000000000" + (1_000_000_000 + number);
  }

  List<Hierarchy> hierarchies() {
    return List.copyOf(taxonomies);
  }

  /**
   * @return the labels of each quasi-identifier of the next person, from the value to the root
   */
  List<List<String>> next() {
    List<List<String>> chains = new ArrayList<>();
    for (int q = 0; q < taxonomies.size(); q++) {
      int at = Arrays.binarySearch(cumulated.get(q), random.nextDouble());
      int rank = Math.min(at < 0 ? -at - 1 : at, cumulated.get(q).length - 1);
      // Ranks are spread over the domain, so that frequent values are not siblings.
      int value = (int) (rank * 37L % cumulated.get(q).length);
      chains.add(taxonomies.get(q).chain(label(q, 1, value)));
    }
    return chains;
  }
}
