// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.profile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.anonymize.profile.CombinationRisk;
import io.cloister.anonymize.profile.GridPoint;
import io.cloister.anonymize.profile.Profile;
import io.cloister.anonymize.profile.WhatIf;
import java.util.Locale;

/** A profile for programs. */
public final class ProfileJson {
  private ProfileJson() {}

  /**
   * @param profile what was found
   * @return all of it, as one JSON object
   */
  public static ObjectNode of(Profile profile) {
    ObjectNode json =
        new ObjectMapper()
            .createObjectNode()
            .put("for", "operators only")
            .put("rows", profile.rows())
            .put("people", profile.risk().people())
            .put("k", profile.k())
            .put("delay_rows", profile.delayRows());
    ArrayNode grid = json.putArray("grid");
    for (GridPoint point : profile.grid()) {
      grid.addObject()
          .put("k", point.k())
          .put("delay_rows", point.delayRows())
          .setAll(point.report().figures());
    }
    ArrayNode tooLong = json.putArray("too_long");
    profile.tooLong().forEach(tooLong::add);
    ArrayNode whatIfs = json.putArray("what_ifs");
    for (WhatIf whatIf : profile.whatIfs()) {
      whatIfs
          .addObject()
          .put("field", whatIf.field().toString())
          .put("change", whatIf.change().name().toLowerCase(Locale.ROOT))
          .put("others_before", whatIf.othersBefore())
          .put("others_after", whatIf.othersAfter())
          .setAll(whatIf.report().figures());
    }
    ArrayNode risks = json.putArray("risk");
    for (CombinationRisk risk : profile.risk().combinations()) {
      ObjectNode each = risks.addObject();
      ArrayNode fields = each.putArray("fields");
      risk.fields().forEach(field -> fields.add(field.toString()));
      each.put("groups", risk.groups()).put("unique", risk.unique()).put("under_k", risk.underK());
    }
    return json;
  }
}
