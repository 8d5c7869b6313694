// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.explain;

import io.cloister.common.config.AnonymizeConfig;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.kafka.TopicNames;

/** What the guarantees leave open, said before somebody finds out. */
final class NotProtected {
  private NotProtected() {}

  static void tell(TopologyConfig config, TopicNames names, Page page) {
    page.title("WHAT IS NOT PROTECTED");
    config.anonymize().ifPresent(anonymize -> anonymized(anonymize, names, page));
    if (config.aggregate().isPresent()) {
      page.say(
          2,
          "- Consumers who join hands know together what all their releases tell: the budget, not"
              + " one quota, is the bound.");
      page.say(
          2,
          "- The noise is as secret as its key: who steals the noise key can take the noise away.");
    }
    if (config.scrub().isPresent()) {
      page.say(
          2,
          "- Tokens are pseudonyms: who reads "
              + names.scrubbed()
              + " can follow a person through it, and who holds the key can name the person.");
    }
    page.say(
        2, "- Raw topics, backups and dead letters hold raw values until their retention ends.");
    page.say(
        2,
        "- Counts that operators see (held, suppressed, dead letters) are exact and carry no noise.");
  }

  private static void anonymized(AnonymizeConfig anonymize, TopicNames names, Page page) {
    page.say(
        2,
        "- Who reads "
            + names.anonymized()
            + " is bounded by no epsilon: the budget covers the aggregates alone.");
    boolean diverse =
        !anonymize.sensitive().isEmpty()
            && anonymize.sensitive().values().stream()
                .allMatch(AnonymizeConfig.Sensitive::isConditional);
    page.say(
        2,
        "- Homogeneity: if all people of a group have the same value in a released field, it is"
            + " known of each of them"
            + (diverse
                ? "; the conditions on the sensitive fields limit that for a person's first and"
                    + " latest value, not for published fields."
                : "; no condition is asked for every released field."));
    page.say(
        2,
        "- Background knowledge: who knows further facts about a person can narrow a group down.");
    page.say(2, "- Accounts that one person invents fill a group like people: k counts accounts.");
    page.say(2, "- A coarse group tells that no finer one was open at that moment.");
  }
}
