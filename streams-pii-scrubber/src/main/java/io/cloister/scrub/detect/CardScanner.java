// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.detect;

import java.util.function.Consumer;

/** Payment cards: a length and a beginning that an issuer uses, and the Luhn check digit. */
final class CardScanner implements Scanner {
  private static final int MIN = 12;
  private static final int MAX = 19;

  @Override
  public void scan(String text, Consumer<Finding> found) {
    for (DigitGroups run : DigitGroups.of(text)) {
      for (int first = 0; first < run.size(); first++) {
        scan(text, run, first, found);
      }
    }
  }

  private static void scan(String text, DigitGroups run, int first, Consumer<Finding> found) {
    if (Characters.letterAt(text, run.starts().get(first) - 1)) {
      return;
    }
    int length = 0;
    for (int last = first; last < run.size() && length < MAX; last++) {
      length += run.length(last);
      boolean whole = !Characters.letterAt(text, run.ends().get(last));
      if (length >= MIN && length <= MAX && whole) {
        String digits = run.digits(text, first, last);
        if (isIssued(digits) && luhn(digits)) {
          found.accept(new Finding("CARD", run.starts().get(first), run.ends().get(last), 1.0));
        }
      }
      char separator = run.separator(text, last);
      boolean joined = separator == ' ' || separator == '-' || separator == '.';
      if (!joined || !isCardGroup(run.length(last))) {
        return;
      }
    }
  }

  /** Cards are printed in groups of three to six digits; some write each digit by itself. */
  private static boolean isCardGroup(int length) {
    return length == 1 || (length >= 3 && length <= 6);
  }

  /** ISO/IEC 7812-1 issuers: Visa, Mastercard, Amex, Diners, JCB, Discover, Maestro, UATP. */
  private static boolean isIssued(String digits) {
    int length = digits.length();
    int two = Integer.parseInt(digits.substring(0, 2));
    int four = Integer.parseInt(digits.substring(0, 4));
    return switch (digits.charAt(0)) {
      case '1' -> length == 15;
      case '2' -> (length == 16 && four >= 2200 && four <= 2720) || (length == 15 && four == 2131);
      case '3' -> isTravel(two, length);
      case '4' -> length == 13 || length == 16 || length == 19;
      case '5' -> (two >= 51 && two <= 55) ? length == 16 : two != 59;
      case '6' -> true;
      default -> false;
    };
  }

  private static boolean isTravel(int two, int length) {
    return switch (two) {
      case 34, 37 -> length == 15;
      case 35 -> length >= 16;
      case 30, 36, 38, 39 -> length >= 14;
      default -> false;
    };
  }

  /** ISO/IEC 7812-1, annex B. */
  private static boolean luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighed = i % 2 == 0 ? digit : 2 * digit;
      sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return sum % 10 == 0;
  }
}
