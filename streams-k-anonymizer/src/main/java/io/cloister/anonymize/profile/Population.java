// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.profile;

import io.cloister.common.path.FieldPath;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The people of a sample with the raw values of their quasi-identifiers; tells counts and field
 * names alone. Values are equal when their texts are; a missing one is a value like another.
 */
public final class Population {
  /** Larger combinations than these are many, and little riskier than all fields together. */
  private static final int LARGEST_PART = 3;

  private final List<FieldPath> fields;
  private final Map<String, Integer> people = new HashMap<>();
  private final List<Map<String, Integer>> values = new ArrayList<>();
  private final Set<IntBuffer> records = new HashSet<>();

  /**
   * @param fields the quasi-identifiers
   */
  public Population(List<FieldPath> fields) {
    this.fields = List.copyOf(fields);
    fields.forEach(field -> values.add(new HashMap<>()));
  }

  /**
   * @param person who
   * @param raw the value of each quasi-identifier in one row
   */
  public void add(String person, List<String> raw) {
    int[] record = new int[fields.size() + 1];
    record[0] = number(people, person);
    for (int field = 0; field < fields.size(); field++) {
      record[field + 1] = number(values.get(field), raw.get(field));
    }
    records.add(IntBuffer.wrap(record));
  }

  private static int number(Map<String, Integer> numbers, String text) {
    return numbers.computeIfAbsent(text, unseen -> numbers.size());
  }

  /**
   * @param k the group size that hides a person
   * @return the risk of every combination of up to three fields, and of all together
   */
  public SampleRisk risk(int k) {
    int[][] sorted =
        records.stream()
            .map(IntBuffer::array)
            .sorted(Comparator.comparingInt(record -> record[0]))
            .toArray(int[][]::new);
    Grouping everybody = new Grouping(new int[sorted.length], Math.min(1, sorted.length));
    List<CombinationRisk> risks = new ArrayList<>();
    extend(sorted, everybody, List.of(), k, risks);
    if (fields.size() > LARGEST_PART) {
      Grouping all = everybody;
      List<Integer> chosen = new ArrayList<>();
      for (int field = 0; field < fields.size(); field++) {
        all = all.parted(sorted, field);
        chosen.add(field);
      }
      risks.add(risk(sorted, all, chosen, k));
    }
    return new SampleRisk(people.size(), risks);
  }

  private void extend(
      int[][] sorted, Grouping part, List<Integer> chosen, int k, List<CombinationRisk> risks) {
    int next = chosen.isEmpty() ? 0 : chosen.get(chosen.size() - 1) + 1;
    for (int field = next; field < fields.size(); field++) {
      Grouping finer = part.parted(sorted, field);
      List<Integer> more = new ArrayList<>(chosen);
      more.add(field);
      risks.add(risk(sorted, finer, more, k));
      if (more.size() < LARGEST_PART) {
        extend(sorted, finer, more, k, risks);
      }
    }
  }

  private CombinationRisk risk(int[][] sorted, Grouping groups, List<Integer> chosen, int k) {
    int[] sizes = groups.people(sorted);
    int[] smallest = new int[people.size()];
    Arrays.fill(smallest, Integer.MAX_VALUE);
    for (int i = 0; i < sorted.length; i++) {
      int person = sorted[i][0];
      smallest[person] = Math.min(smallest[person], sizes[groups.of(i)]);
    }
    return new CombinationRisk(
        chosen.stream().map(fields::get).toList(),
        groups.count(),
        Arrays.stream(smallest).filter(size -> size == 1).count(),
        Arrays.stream(smallest).filter(size -> size < k).count());
  }

  /** Which group each record is in, by some of its values. */
  private static final class Grouping {
    private final int[] group;
    private final int count;

    Grouping(int[] group, int count) {
      this.group = group;
      this.count = count;
    }

    int count() {
      return count;
    }

    int of(int record) {
      return group[record];
    }

    Grouping parted(int[][] sorted, int field) {
      Map<Long, Integer> numbers = new HashMap<>();
      int[] finer = new int[group.length];
      for (int i = 0; i < group.length; i++) {
        long key = ((long) group[i] << Integer.SIZE) | sorted[i][field + 1];
        Integer number = numbers.putIfAbsent(key, numbers.size());
        finer[i] = number == null ? numbers.size() - 1 : number;
      }
      return new Grouping(finer, numbers.size());
    }

    /** Distinct people in each group; the records of one person stand together. */
    int[] people(int[][] sorted) {
      int[] people = new int[count];
      int[] last = new int[count];
      Arrays.fill(last, -1);
      for (int i = 0; i < group.length; i++) {
        if (last[group[i]] != sorted[i][0]) {
          last[group[i]] = sorted[i][0];
          people[group[i]]++;
        }
      }
      return people;
    }
  }
}
