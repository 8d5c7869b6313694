// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import io.cloister.common.path.FieldPath;
import java.util.Map;

/**
 * Which fields a stage lets out and as what, for deriving its output schema.
 *
 * @param name simple name of the derived record schema, such as {@code Scrubbed}
 * @param fields field to what becomes of its type
 * @param keepUnlisted whether fields not named keep their place and type
 */
public record OutputFields(String name, Map<FieldPath, Type> fields, boolean keepUnlisted) {
  /** What becomes of a field's type. */
  public enum Type {
    /** The type stays. */
    SAME,
    /** The value becomes text, or nothing. */
    TEXT,
    /** The field goes. */
    ABSENT
  }

  /** Takes a copy. */
  public OutputFields {
    fields = Map.copyOf(fields);
  }
}
