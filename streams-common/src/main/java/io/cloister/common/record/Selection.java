// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import io.cloister.common.path.FieldPath;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The paths of {@link OutputFields} as a tree, to be walked beside a schema. Where one path leads
 * into what another one names, the longer path decides about its part.
 */
final class Selection {
  private static final Selection REST_KEPT = new Selection(Optional.of(OutputFields.Type.SAME));
  private static final Selection REST_GONE = new Selection(Optional.of(OutputFields.Type.ABSENT));

  private final Map<FieldPath.Step, Selection> below = new HashMap<>();
  private Optional<OutputFields.Type> type;
  private boolean keepsRest;

  private Selection(Optional<OutputFields.Type> type) {
    this.type = type;
    this.keepsRest = type.equals(Optional.of(OutputFields.Type.SAME));
  }

  static Selection of(OutputFields fields) {
    Selection root = new Selection(Optional.empty());
    fields
        .fields()
        .forEach(
            (path, type) -> {
              Selection at = root;
              for (FieldPath.Step step : path.steps()) {
                at = at.below.computeIfAbsent(step, any -> new Selection(Optional.empty()));
              }
              at.type = Optional.of(type);
            });
    root.inherit(fields.keepUnlisted());
    return root;
  }

  private void inherit(boolean kept) {
    keepsRest = type.map(own -> own == OutputFields.Type.SAME).orElse(kept);
    below.values().forEach(part -> part.inherit(keepsRest));
  }

  boolean becomesText() {
    return type.equals(Optional.of(OutputFields.Type.TEXT));
  }

  /** Everything from here on stays. */
  boolean isWhole() {
    return below.isEmpty() && keepsRest;
  }

  /** Everything from here on goes. */
  boolean isGone() {
    return below.isEmpty() && !keepsRest;
  }

  /** Whether parts that no path names stay. */
  boolean keepsRest() {
    return keepsRest;
  }

  /** The names that paths go on with, in order. */
  Set<String> names() {
    Map<String, Selection> names = new TreeMap<>();
    below.forEach(
        (step, part) -> {
          if (step instanceof FieldPath.Step.Field field) {
            names.put(field.name(), part);
          }
        });
    return names.keySet();
  }

  Selection field(String name) {
    return part(new FieldPath.Step.Field(name));
  }

  Selection each() {
    return part(new FieldPath.Step.Each());
  }

  private Selection part(FieldPath.Step step) {
    Selection part = below.get(step);
    return part != null ? part : keepsRest ? REST_KEPT : REST_GONE;
  }
}
