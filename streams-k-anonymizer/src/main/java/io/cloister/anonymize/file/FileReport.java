// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.file;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.common.error.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a file run did; for operators, not for publication.
 *
 * @param records rows read
 * @param people distinct people among them
 * @param released rows written
 * @param immediate rows written the moment they were read
 * @param secondChance rows written of people whose region had too few like them
 * @param suppressed rows withheld for want of a cell
 * @param late rows withheld because their epoch was closed
 * @param cells distinct cells opened, an epoch's counted by themselves
 * @param medianHold how many rows came between a row and its release, at the median of those
 *     written
 * @param p99Hold the same at the 99th percentile
 * @param longestHold the most rows that came between a row and its release
 * @param glm mean loss over all rows and quasi-identifiers, a withheld row losing everything
 *     (generalized loss metric: Iyengar, "Transforming data to satisfy privacy constraints", KDD
 *     2002, section 3.2)
 * @param quasiIdentifiers what was left of each quasi-identifier, in the order declared
 * @param achieved what the cells have come to
 * @param time how long the run took
 */
public record FileReport(
    long records,
    long people,
    long released,
    long immediate,
    long secondChance,
    long suppressed,
    long late,
    long cells,
    long medianHold,
    long p99Hold,
    long longestHold,
    double glm,
    List<FieldReport> quasiIdentifiers,
    CellReport achieved,
    Duration time) {
  /** Copies the list. */
  public FileReport {
    quasiIdentifiers = List.copyOf(quasiIdentifiers);
  }

  /**
   * @return the report as one JSON object; labels of cells are in it
   */
  public ObjectNode toJson() {
    ObjectNode json = figures();
    achieved.addTo(json);
    return json;
  }

  /**
   * @return counts, losses and field names as one JSON object; no label, since labels may be values
   */
  public ObjectNode figures() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("records", records)
        .put("people", people)
        .put("released", released)
        .put("immediate", immediate)
        .put("second_chance", secondChance)
        .put("suppressed", suppressed)
        .put("late", late)
        .put("cells", cells)
        .put("median_hold", medianHold)
        .put("p99_hold", p99Hold)
        .put("longest_hold", longestHold)
        .put("glm", rounded(glm))
        .put("seconds", time.toMillis() / 1e3);
    ArrayNode fields = json.putArray("quasi_identifiers");
    quasiIdentifiers.forEach(field -> fields.add(field.toJson()));
    return json;
  }

  static double rounded(double value) {
    return Math.round(value * 1e6) / 1e6;
  }

  /**
   * @param file where to write the report
   * @throws EnvironmentException when it cannot be written
   */
  public void write(Path file) {
    try {
      Files.writeString(file, toJson().toPrettyString() + "\n");
    } catch (IOException e) {
      throw new EnvironmentException("the report cannot be written: is its directory there?");
    }
  }
}
