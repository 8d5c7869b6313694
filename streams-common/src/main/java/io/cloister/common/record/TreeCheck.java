// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Tells whether a tree is what a schema describes, by the rules by which it would be encoded. */
public final class TreeCheck {
  private TreeCheck() {}

  /**
   * @param tree an object
   * @param schema a record schema
   * @return the names of its top-level fields that the schema does not have, that do not fit it, or
   *     that it misses; empty when the tree fits
   */
  public static List<String> misfits(ObjectNode tree, Schema schema) {
    List<String> misfits = new ArrayList<>();
    tree.fieldNames()
        .forEachRemaining(
            name -> {
              if (schema.getField(name) == null) {
                misfits.add(name);
              }
            });
    for (Schema.Field field : schema.getFields()) {
      try {
        AvroTreeWriter.write(
            tree.has(field.name()) ? tree.get(field.name()) : NullNode.getInstance(),
            field.schema(),
            DiscardingEncoder.INSTANCE);
      } catch (UntreatableRecordException | IOException e) {
        misfits.add(field.name());
      }
    }
    return misfits;
  }
}
