// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of people from one epoch to the next: each one's last class. Asked once for every
 * event that its person's class of the epoch does not cover, so that people who send nothing need
 * not be in memory. Never forgotten while the engine's state lives: who were forgotten might get a
 * class that crosses an earlier one.
 */
public interface EarlierClasses {
  /**
   * @param person a person
   * @return for each quasi-identifier the label of the person's last class and those above it, up
   *     to the root; nothing in it when the person has left the region for good, without a class
   */
  Optional<List<List<String>>> of(String person);

  /**
   * @param person a person
   * @param lineages the person's new class, in place of what is kept; empty for who leaves
   */
  void put(String person, List<List<String>> lineages);

  /**
   * @return whether classes of one epoch bind others at all
   */
  default boolean bind() {
    return true;
  }

  /**
   * @return for independent epochs: remembers nobody
   */
  static EarlierClasses none() {
    return new EarlierClasses() {
      @Override
      public Optional<List<List<String>>> of(String person) {
        return Optional.empty();
      }

      @Override
      public void put(String person, List<List<String>> lineages) {}

      @Override
      public boolean bind() {
        return false;
      }
    };
  }

  /**
   * @return for runs that do not survive a crash
   */
  static EarlierClasses inMemory() {
    Map<String, List<List<String>>> lasts = new HashMap<>();
    return new EarlierClasses() {
      @Override
      public Optional<List<List<String>>> of(String person) {
        return Optional.ofNullable(lasts.get(person));
      }

      @Override
      public void put(String person, List<List<String>> lineages) {
        lasts.put(person, lineages);
      }
    };
  }
}
