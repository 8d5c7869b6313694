// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.cloister.anonymize.AnonymizePlan;
import io.cloister.common.error.BugException;
import io.cloister.common.path.FieldPath;
import io.cloister.common.record.Decoded;
import io.cloister.common.record.OutputFields;
import io.cloister.common.record.RecordFormat;
import io.cloister.common.record.Scalars;
import io.cloister.common.record.UntreatableRecordException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds what is released, from nothing: the labels, the fields to be carried as they are, and the
 * truncated time.
 */
final class EventWriter {
  private final AnonymizePlan plan;
  private final List<FieldPath> shards;
  private final RecordFormat format;
  private final String topic;
  private final FieldPath time;
  private final Projection carried;
  private final OutputFields fields;
  private final long truncate;

  EventWriter(AnonymizePlan plan, RecordFormat format, String topic) {
    this.plan = plan;
    this.shards = plan.shardsTold();
    this.format = format;
    this.topic = topic;
    this.time = plan.time().orElseThrow(() -> new BugException("checked by the reader"));
    this.carried = new Projection(plan.carried());
    this.truncate = plan.config().time().truncate().toMillis();
    Map<FieldPath, OutputFields.Type> types = new HashMap<>();
    plan.carried().forEach(field -> types.put(field, OutputFields.Type.SAME));
    plan.quasiIdentifiers().forEach(field -> types.put(field, OutputFields.Type.TEXT));
    shards.forEach(field -> types.put(field, OutputFields.Type.TEXT));
    types.put(time, OutputFields.Type.TEXT);
    this.fields = new OutputFields("Anonymized", types, false);
  }

  /** The time that is released of an event time, milliseconds since 1970. */
  long truncated(long at) {
    return Math.floorDiv(at, truncate) * truncate;
  }

  /**
   * @param withinRegion whether the cell's k people are of the record's own region: if not, the
   *     region must not be told
   */
  byte[] write(Decoded scrubbed, List<String> labels, long truncated, boolean withinRegion) {
    ObjectNode tree = carried.of(scrubbed.tree());
    for (FieldPath shard : shards) {
      Optional<String> value =
          withinRegion ? shard.find(scrubbed.tree()).flatMap(Scalars::text) : Optional.empty();
      shard.put(tree, TextNode.valueOf(value.orElse(AnonymizePlan.WITHHELD)));
    }
    for (int q = 0; q < labels.size(); q++) {
      plan.quasiIdentifiers().get(q).put(tree, TextNode.valueOf(labels.get(q)));
    }
    time.put(tree, TextNode.valueOf(Instant.ofEpochMilli(truncated).toString()));
    try {
      return format.encode(topic, tree, format.derive(scrubbed.shape(), fields));
    } catch (UntreatableRecordException e) {
      throw new BugException("a released record does not fit its schema: " + e.kind());
    }
  }
}
