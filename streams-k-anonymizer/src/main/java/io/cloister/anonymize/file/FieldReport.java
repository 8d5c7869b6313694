// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.file;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.common.path.FieldPath;
import java.util.List;

/**
 * What a file run left of one quasi-identifier; for operators, not for publication.
 *
 * @param field the quasi-identifier
 * @param loss its mean loss over all rows, 0 to 1, a withheld row losing everything; the mean over
 *     the quasi-identifiers is the run's GLM
 * @param levels how many rows were released on each level of the hierarchy, from level 0, the
 *     finest, to the root
 */
public record FieldReport(FieldPath field, double loss, List<Long> levels) {
  /** Copies the list. */
  public FieldReport {
    levels = List.copyOf(levels);
  }

  ObjectNode toJson() {
    ObjectNode json =
        new ObjectMapper()
            .createObjectNode()
            .put("field", field.toString())
            .put("loss", FileReport.rounded(loss));
    ArrayNode counts = json.putArray("levels");
    levels.forEach(counts::add);
    return json;
  }
}
