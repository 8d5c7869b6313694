// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.generator;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** What students write: mostly harmless, at times with personal data in it, all of it invented. */
final class Writing {
  private static final List<String> HARMLESS =
      List.of(
          "Can anyone explain the second step of the example? I get a different result.",
          "Thanks, that helped! I had mixed up the two definitions.",
          "Is the deadline on Friday or on Sunday?",
          "I think the solution in the slides is missing a factor of 2.",
          "Great discussion today, I will add my notes to the wiki.",
          "The recording stops after 40 minutes, could you upload it again?");

  private static final List<String> PERSONAL =
      List.of(
          "Hi, {me} here. I lost my group, please write to {email} or call {phone}.",
          "My submission is missing, my student number is {number} and my mail is {email}.",
          "Study group on Tuesday: text {friend} at {phone}, notes are at {url}",
          "The quiz locks me out with \"address {ip} is blocked\". I am {me}, {number}.",
          "I paid the lab fee with card {card}, who confirms it? Reach me at {email}.",
          "My slides: {url} - comments to {email} please!",
          "{friend} and I worked on this together, call us at {phone} if that is a problem.");

  /** Numbers that card networks publish for tests. */
  private static final List<String> TEST_CARDS =
      List.of("4111 1111 1111 1111", "5555 5555 5555 4444", "3782 822463 10005");

  private Writing() {}

  /**
   * @param author who writes
   * @param friend whom the author may mention
   * @param personalShare how often personal data is in it, 0 to 1
   */
  static String post(Student author, Student friend, double personalShare, RandomGenerator random) {
    if (random.nextDouble() >= personalShare) {
      return Words.one(HARMLESS, random);
    }
    return Words.one(PERSONAL, random)
        .replace("{me}", author.fullName())
        .replace("{friend}", friend.fullName())
        .replace("{email}", author.email())
        .replace("{phone}", author.phone())
        .replace("{number}", author.number())
        .replace("{ip}", author.ip())
        .replace("{card}", Words.one(TEST_CARDS, random))
        .replace(
            "{url}",
            "https://people."
                + author.school().domain()
                + "/~"
                + author.surname().toLowerCase(Locale.ROOT));
  }
}
