// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.detect;

import java.util.function.Consumer;

/**
 * US social security numbers: three, two and four digits with one separator, none of the parts of
 * those that are never issued (area 000, 666 or 900 and above, group 00, serial 0000). Nine digits
 * without separators count only behind words that say what they are.
 */
final class SsnScanner implements Scanner {
  private static final ContextWords WORDS =
      new ContextWords("ssn", "social security", "social sec");

  @Override
  public void scan(String text, Consumer<Finding> found) {
    for (DigitGroups run : DigitGroups.of(text)) {
      for (int i = 0; i < run.size(); i++) {
        if (run.length(i) == 9) {
          plain(text, run, i, found);
        } else if (isWritten(text, run, i) && isIssued(run.digits(text, i, i + 2))) {
          found.accept(new Finding("SSN", run.starts().get(i), run.ends().get(i + 2), 0.9));
        }
      }
    }
  }

  private static void plain(String text, DigitGroups run, int group, Consumer<Finding> found) {
    int start = run.starts().get(group);
    if (isIssued(run.digits(text, group, group)) && WORDS.before(text, start)) {
      found.accept(new Finding("SSN", start, run.ends().get(group), 0.7));
    }
  }

  private static boolean isWritten(String text, DigitGroups run, int i) {
    if (i + 2 >= run.size()
        || run.length(i) != 3
        || run.length(i + 1) != 2
        || run.length(i + 2) != 4) {
      return false;
    }
    char separator = run.separator(text, i);
    boolean one = separator == '-' || separator == ' ' || separator == '.';
    boolean more =
        run.separator(text, i - 1) == separator || run.separator(text, i + 2) == separator;
    // Blanks join anything; what a dash joins is one number, and then a longer one.
    return one && run.separator(text, i + 1) == separator && (separator == ' ' || !more);
  }

  private static boolean isIssued(String digits) {
    int area = Integer.parseInt(digits.substring(0, 3));
    return area != 0
        && area != 666
        && area < 900
        && !digits.startsWith("00", 3)
        && !digits.endsWith("0000");
  }
}
