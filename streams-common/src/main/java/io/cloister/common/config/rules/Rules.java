// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.rules;

import io.cloister.common.config.bind.Places;
import io.cloister.common.config.bind.Problem;
import java.util.List;

/** All rules. */
public final class Rules {
  private Rules() {}

  /**
   * @param draft what could be bound
   * @param places where it stands
   * @return everything that is wrong with it beyond its form, in no order
   */
  public static List<Problem> check(Draft draft, Places places) {
    Report report = new Report(places);
    SectionRules.check(draft, report);
    NameRules.check(draft, report);
    ConnectionRules.check(draft, report);
    AvroRules.check(draft, report);
    draft.scrub().ifPresent(scrub -> ScrubRules.check(scrub, draft, report));
    draft.anonymize().ifPresent(section -> AnonymizeRules.check(section, draft, report));
    draft.aggregate().ifPresent(section -> AggregateRules.check(section, draft, report));
    return report.problems();
  }
}
