// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.treat;

import io.cloister.common.config.ScrubConfig.Unlisted;
import io.cloister.common.path.FieldPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happens at one place of a record, and below it. Built once, then only read. */
final class PolicyNode {
  private final List<FieldPath.Step> steps;
  private final Map<String, PolicyNode> fields = new HashMap<>();
  private Optional<PolicyNode> each = Optional.empty();
  private Optional<ScalarTreatment> treatment = Optional.empty();
  private Unlisted rest;

  private PolicyNode(List<FieldPath.Step> steps, Unlisted rest) {
    this.steps = steps;
    this.rest = rest;
  }

  /**
   * @param rest what happens to all that has no node of its own
   */
  static PolicyNode root(Unlisted rest) {
    return new PolicyNode(List.of(), rest);
  }

  /**
   * @return the node of the path, made with its ancestors where there was none
   */
  PolicyNode at(FieldPath path) {
    PolicyNode node = this;
    for (int i = 0; i < path.steps().size(); i++) {
      PolicyNode below = new PolicyNode(path.steps().subList(0, i + 1), node.rest);
      if (path.steps().get(i) instanceof FieldPath.Step.Field field) {
        PolicyNode known = node.fields.putIfAbsent(field.name(), below);
        node = known == null ? below : known;
      } else {
        node.each = node.each.or(() -> Optional.of(below));
        node = node.each.get();
      }
    }
    return node;
  }

  /**
   * @return where this node is, in the config's words; the root has no path
   */
  FieldPath path() {
    return new FieldPath(steps);
  }

  void setTreatment(ScalarTreatment treatment) {
    this.treatment = Optional.of(treatment);
  }

  void setRest(Unlisted rest) {
    this.rest = rest;
  }

  Map<String, PolicyNode> fields() {
    return fields;
  }

  Optional<PolicyNode> each() {
    return each;
  }

  Optional<ScalarTreatment> treatment() {
    return treatment;
  }

  Unlisted rest() {
    return rest;
  }

  boolean isLeaf() {
    return fields.isEmpty() && each.isEmpty();
  }
}
