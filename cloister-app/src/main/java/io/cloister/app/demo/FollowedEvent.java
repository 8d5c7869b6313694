// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import java.util.Map;

/**
 * One event at each stage, as path to text.
 *
 * @param raw as it was produced
 * @param scrubbed as it left the scrubber
 * @param anonymized as it left the anonymizer
 */
record FollowedEvent(
    Map<String, String> raw, Map<String, String> scrubbed, Map<String, String> anonymized) {

  /** How much there is to see: personal data found in text, a score, finely generalized values. */
  int worth() {
    int worth = 0;
    String text = raw.getOrDefault("result.response", "");
    if (!text.equals(scrubbed.getOrDefault("result.response", text))) {
      worth += 10;
    }
    if (anonymized.containsKey("score")) {
      worth += 5;
    }
    worth -= (int) anonymized.values().stream().filter("*"::equals).count();
    return worth;
  }

  /** Never the event itself: what prints it must mean to. */
  @Override
  public String toString() {
    return "FollowedEvent";
  }
}
