// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.file;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.common.error.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

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
 * @param longestHold the most rows that came between a row and its release
 * @param glm mean loss over all rows and quasi-identifiers, a withheld row losing everything
 *     (generalized loss metric: Iyengar, "Transforming data to satisfy privacy constraints", KDD
 *     2002, section 3.2)
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
    long longestHold,
    double glm,
    Duration time) {

  /**
   * @return the report as one JSON object
   */
  public ObjectNode toJson() {
    return new ObjectMapper()
        .createObjectNode()
        .put("records", records)
        .put("people", people)
        .put("released", released)
        .put("immediate", immediate)
        .put("second_chance", secondChance)
        .put("suppressed", suppressed)
        .put("late", late)
        .put("cells", cells)
        .put("longest_hold", longestHold)
        .put("glm", Math.round(glm * 1e6) / 1e6)
        .put("seconds", time.toMillis() / 1e3);
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
