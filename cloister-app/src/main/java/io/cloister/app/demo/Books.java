// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import io.cloister.app.run.Accounting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Shows that no record is lost: what came into a stage is what went out of it, by whichever way.
 *
 * @param accounting what the stages counted
 * @param held how many records wait in the anonymizer
 * @param produced how many events were produced
 */
record Books(Accounting accounting, long held, long produced) {
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("  produced   " + produced);
    lines.add("  scrub      " + equation("scrub", "scrubbed", 0));
    lines.add("  anonymize  " + equation("anonymize", "released", held));
    lines.add(
        "  aggregate  "
            + accounting.count("aggregate", "in")
            + " read; contributions to queries beyond a person's bounds "
            + accounting.count("aggregate", "out-of-bounds")
            + ", without the field "
            + accounting.count("aggregate", "unusable")
            + ", late "
            + accounting.count("aggregate", "late"));
    return lines;
  }

  private String equation(String stage, String out, long held) {
    List<String> terms = new ArrayList<>();
    terms.add(accounting.count(stage, "out") + " " + out);
    accounting
        .stages()
        .getOrDefault(stage, Map.of())
        .forEach(
            (outcome, count) -> {
              if (!outcome.equals("in") && !outcome.equals("out") && count > 0) {
                terms.add(count + " " + outcome);
              }
            });
    if (held > 0) {
      terms.add(held + " held");
    }
    return accounting.count(stage, "in") + " = " + String.join(" + ", terms);
  }
}
