// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.treat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.common.config.ScrubConfig;
import io.cloister.common.config.ScrubConfig.Unlisted;
import io.cloister.common.config.Treatment;
import io.cloister.common.error.InputException;
import io.cloister.common.path.FieldPath;
import io.cloister.common.record.OutputFields;
import io.cloister.common.record.UntreatableRecordException;
import io.cloister.scrub.detect.Detector;
import io.cloister.scrub.token.Tokenizer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The treatments of all fields, compiled into one tree that walks a record once and builds the
 * treated record. The longest path that leads to a value decides. Null stays null. Safe for use by
 * several threads.
 */
public final class FieldPolicy {
  private final Unlisted unlisted;
  private final PolicyNode root;
  private final PolicyWalk walk;
  private final Map<FieldPath, Treatment> treatments;

  /**
   * @param config the treatments
   * @param keptAnyway fields that are kept although the config does not list them
   * @param tokenizer makes the tokens
   * @throws InputException when treatments contradict each other, or a pattern cannot be used
   */
  public FieldPolicy(ScrubConfig config, List<FieldPath> keptAnyway, Tokenizer tokenizer) {
    this.unlisted = config.unlisted();
    this.root = PolicyNode.root(unlisted);
    this.walk = new PolicyWalk(root, Detector.ofAllTypes());
    this.treatments = new HashMap<>(config.fields());
    for (FieldPath path : keptAnyway) {
      if (!(treatments.getOrDefault(path, new Treatment.Keep()) instanceof Treatment.Keep)) {
        throw new InputException(
            "scrub.fields: "
                + path
                + " is source.time, which is kept by itself; list it with keep or not at all");
      }
      treatments.put(path, new Treatment.Keep());
    }
    // Short paths first: what is made below a path inherits from it.
    treatments.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getKey().steps().size()))
        .forEach(entry -> compile(entry.getKey(), entry.getValue(), tokenizer));
  }

  private void compile(FieldPath path, Treatment treatment, Tokenizer tokenizer) {
    refuseBelowScalar(path);
    PolicyNode node = root.at(path);
    if (treatment instanceof Treatment.Drop) {
      node.setRest(Unlisted.DROP);
    } else if (treatment instanceof Treatment.Keep) {
      // A record that grows below a kept field would else carry what nobody named.
      boolean single = unlisted != Unlisted.KEEP && !leadsOn(path);
      if (single) {
        node.setTreatment(ScalarTreatments.keep(path));
      } else {
        node.setRest(Unlisted.KEEP);
      }
    } else {
      node.setTreatment(scalar(path, treatment, tokenizer));
    }
  }

  private boolean leadsOn(FieldPath path) {
    return treatments.keySet().stream()
        .anyMatch(other -> !other.equals(path) && path.covers(other));
  }

  private void refuseBelowScalar(FieldPath path) {
    treatments.forEach(
        (above, treatment) -> {
          boolean whole =
              treatment instanceof Treatment.Keep || treatment instanceof Treatment.Drop;
          if (!whole && !above.equals(path) && above.covers(path)) {
            throw new InputException(
                "scrub.fields: "
                    + path
                    + " lies in "
                    + above
                    + ", whose treatment replaces it as a whole; leave out one of them");
          }
        });
  }

  private static ScalarTreatment scalar(FieldPath path, Treatment treatment, Tokenizer tokenizer) {
    if (treatment instanceof Treatment.Redact) {
      return value -> ScalarTreatments.REDACTED;
    } else if (treatment instanceof Treatment.Mask mask) {
      return ScalarTreatments.mask(path, mask.keepLast());
    } else if (treatment instanceof Treatment.Tokenize tokenize) {
      return ScalarTreatments.tokenize(path, tokenize.domain(), tokenizer);
    } else if (treatment instanceof Treatment.Truncate truncate) {
      return ScalarTreatments.truncate(path, truncate);
    } else if (treatment instanceof Treatment.Generalize generalize) {
      return ScalarTreatments.generalize(path, generalize.to());
    } else if (treatment instanceof Treatment.Detect detect) {
      return ScalarTreatments.detect(path, Detector.of(detect), detect.replace());
    }
    throw new IllegalStateException("every treatment is handled");
  }

  /**
   * @param record a raw record; afterwards not to be used any more
   * @return the treated record
   * @throws UntreatableRecordException naming the config's field, when a value is not of a type
   *     that its treatment can handle
   */
  public ObjectNode apply(ObjectNode record) throws UntreatableRecordException {
    return walk.apply(record);
  }

  /**
   * @return what becomes of each field's type
   */
  public Map<FieldPath, OutputFields.Type> outputTypes() {
    Map<FieldPath, OutputFields.Type> types = new HashMap<>();
    treatments.forEach((path, treatment) -> types.put(path, outputType(treatment)));
    return types;
  }

  private static OutputFields.Type outputType(Treatment treatment) {
    if (treatment instanceof Treatment.Drop) {
      return OutputFields.Type.ABSENT;
    }
    return treatment instanceof Treatment.Keep ? OutputFields.Type.SAME : OutputFields.Type.TEXT;
  }
}
