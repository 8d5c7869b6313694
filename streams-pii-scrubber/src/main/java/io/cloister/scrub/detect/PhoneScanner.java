// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.detect;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import java.util.function.Consumer;

/**
 * Phone numbers: those that the numbering plans of the world allow, and, since invented and
 * mistyped ones name people too, those that are written like one: with a plus, in the North
 * American 3-3-4, or behind a word such as <i>call</i>.
 */
final class PhoneScanner implements Scanner {
  private static final int MIN_DIGITS = 7;
  private static final int MAX_DIGITS = 15;

  /** No number is longer, however it is written; bounds what the library's patterns see. */
  private static final int WINDOW = 40;

  /** How many windows of a text the library reads; the digits of further ones are findings. */
  private static final int MAX_WINDOWS = 100;

  private static final int TRIES = 4;

  private static final ContextWords WORDS =
      new ContextWords(
          "phone",
          "tel",
          "call",
          "cell",
          "mobile",
          "fax",
          "whatsapp",
          "text me",
          "reach me",
          "sms",
          "dial");

  private final PhoneNumberUtil numbers;
  private final String region;

  /**
   * @param region whose national numbers are known, such as US
   */
  PhoneScanner(PhoneNumberUtil numbers, String region) {
    this.numbers = numbers;
    this.region = region;
  }

  @Override
  public void scan(String text, Consumer<Finding> found) {
    int windows = 0;
    for (DigitGroups run : DigitGroups.of(text)) {
      int first = 0;
      while (first < run.size()) {
        int last = first;
        int digits = run.length(first);
        while (last + 1 < run.size()
            && run.ends().get(last + 1) - run.starts().get(first) <= WINDOW) {
          last++;
          digits += run.length(last);
        }
        // Nobody writes a number digit by digit, and a list of small numbers is none.
        boolean likely = digits >= MIN_DIGITS && digits >= 2 * (last - first + 1);
        if (likely && windows++ < MAX_WINDOWS) {
          library(text, run, first, last, found);
        } else if (likely) {
          // On a text made to cost time: rather too much found than none.
          found.accept(new Finding("PHONE", run.starts().get(first), run.ends().get(last), 0.1));
        }
        if (digits >= MIN_DIGITS) {
          shapes(text, run, first, last, found);
        }
        // Windows overlap by half, so that a number on the edge of one is inside another.
        first = last + 1 < run.size() ? Math.max(first + 1, (first + last + 1) / 2) : run.size();
      }
    }
  }

  private void library(String text, DigitGroups run, int first, int last, Consumer<Finding> found) {
    int digits = run.starts().get(first);
    int start = digits;
    while (start > 0 && digits - start < 2 && "+(".indexOf(text.charAt(start - 1)) >= 0) {
      start--;
    }
    int end = run.ends().get(last);
    if (end - start <= WINDOW + 2) {
      String window = text.substring(start, Math.min(text.length(), end + 12));
      for (PhoneNumberMatch match : numbers.findNumbers(window, region, Leniency.VALID, TRIES)) {
        found.accept(new Finding("PHONE", start + match.start(), start + match.end(), 0.85));
      }
    }
  }

  private static void shapes(
      String text, DigitGroups run, int first, int last, Consumer<Finding> found) {
    for (int i = first; i <= last; i++) {
      if (isNorthAmerican(text, run, i)) {
        int start = run.starts().get(i);
        boolean bracket = Characters.isAt(text, start - 1, '(');
        found.accept(new Finding("PHONE", bracket ? start - 1 : start, run.ends().get(i + 2), 0.6));
      }
      boolean plus =
          Characters.isAt(text, run.starts().get(i) - 1, '+')
              || text.startsWith("+(", run.starts().get(i) - 2);
      if (plus || (i == first && WORDS.before(text, run.starts().get(i)))) {
        longest(run, i, last).accept(plus ? 1 : 0, found);
      }
    }
  }

  private static boolean isNorthAmerican(String text, DigitGroups run, int i) {
    return i + 2 < run.size()
        && run.length(i) == 3
        && run.length(i + 1) == 3
        && run.length(i + 2) == 4
        && !Characters.letterAt(text, run.ends().get(i + 2));
  }

  private static Shape longest(DigitGroups run, int first, int last) {
    int digits = 0;
    int end = -1;
    for (int i = first; i <= last && digits + run.length(i) <= MAX_DIGITS; i++) {
      digits += run.length(i);
      end = run.ends().get(i);
    }
    return new Shape(run.starts().get(first), end, digits);
  }

  private record Shape(int start, int end, int digits) {
    void accept(int before, Consumer<Finding> found) {
      if (digits >= MIN_DIGITS) {
        found.accept(new Finding("PHONE", start - before, end, 0.5));
      }
    }
  }
}
