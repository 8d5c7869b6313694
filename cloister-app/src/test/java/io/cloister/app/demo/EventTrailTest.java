// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.app.generator.CampusEvent;
import org.junit.jupiter.api.Test;

class EventTrailTest {
  private final EventTrail trail = new EventTrail();

  @Test
  void anEventIsFollowedFromEndToEnd() {
    trail.produced(new CampusEvent("a", "{\"id\":\"a\",\"region\":\"Elm County\"}", false));
    trail.scrubbed("{\"id\":\"a\",\"region\":\"Elm County\"}");
    assertThat(trail.best()).isEmpty();
    trail.anonymized("{\"id\":\"a\",\"region\":\"Valley\"}");
    assertThat(trail.best())
        .hasValueSatisfying(
            event -> assertThat(event.anonymized()).containsEntry("region", "Valley"));
  }

  @Test
  void theEventWithMostToSeeIsShown() {
    follow("plain", "hello", "hello", "\"region\":\"Elm County\"");
    follow("best", "call (620) 555-0101", "call <PHONE>", "\"region\":\"Elm County\",\"score\":7");
    follow("coarse", "call (620) 555-0101", "call <PHONE>", "\"region\":\"*\",\"score\":7");
    assertThat(trail.best())
        .hasValueSatisfying(event -> assertThat(event.raw()).containsEntry("id", "best"));
  }

  @Test
  void aReleasedRecordThatNobodyProducedIsIgnored() {
    trail.anonymized("{\"id\":\"stranger\",\"region\":\"*\"}");
    assertThat(trail.best()).isEmpty();
  }

  private void follow(String id, String raw, String scrubbed, String released) {
    trail.produced(new CampusEvent(id, json(id, raw), false));
    trail.scrubbed(json(id, scrubbed));
    trail.anonymized("{\"id\":\"" + id + "\"," + released + "}");
  }

  private static String json(String id, String response) {
    return "{\"id\":\"" + id + "\",\"result\":{\"response\":\"" + response + "\"}}";
  }
}
