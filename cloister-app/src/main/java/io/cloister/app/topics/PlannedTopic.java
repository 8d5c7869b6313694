// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.topics;

import java.util.Map;
import java.util.TreeMap;

/**
 * A topic that a pipeline needs.
 *
 * @param name its name
 * @param partitions how many partitions, at least 1; never changed afterwards
 * @param replicas copies of each partition
 * @param settings topic settings other than the broker's defaults
 */
public record PlannedTopic(
    String name, int partitions, short replicas, Map<String, String> settings) {
  /** Takes a copy. */
  public PlannedTopic {
    settings = Map.copyOf(settings);
  }

  /**
   * @return one line of the settings, in the order of their names
   */
  public String describeSettings() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(settings)
        .forEach(
            (name, value) ->
                text.append(text.isEmpty() ? "" : " ").append(name).append('=').append(value));
    return text.toString();
  }
}
