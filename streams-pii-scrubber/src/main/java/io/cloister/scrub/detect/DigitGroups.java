// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * A run of digits in groups, as cards, phone numbers and social security numbers are written:
 * {@code +1 (415) 555-0132}. Dates of ISO 8601 end a run, since digits before and after them belong
 * to no number.
 *
 * @param starts where each group begins
 * @param ends where each group ends, exclusive
 */
record DigitGroups(List<Integer> starts, List<Integer> ends) {
  private static final int MAX_SEPARATOR = 3;

  int size() {
    return starts.size();
  }

  int length(int group) {
    return ends.get(group) - starts.get(group);
  }

  /**
   * @return the digits of the groups from the first to the last, inclusive
   */
  String digits(String text, int first, int last) {
    StringBuilder digits = new StringBuilder();
    for (int i = first; i <= last; i++) {
      digits.append(text, starts.get(i), ends.get(i));
    }
    return digits.toString();
  }

  /**
   * @return the one character between a group and the next, 0 where there are more or none follows
   */
  char separator(String text, int group) {
    boolean one = group >= 0 && group + 1 < size() && starts.get(group + 1) - ends.get(group) == 1;
    return one ? text.charAt(ends.get(group)) : 0;
  }

  /**
   * @return every run of the text
   */
  static List<DigitGroups> of(String text) {
    List<DigitGroups> runs = new ArrayList<>();
    DigitGroups run = new DigitGroups(new ArrayList<>(), new ArrayList<>());
    int at = 0;
    while (at < text.length()) {
      if (!Characters.digitAt(text, at)) {
        at++;
        continue;
      }
      boolean date = isDate(text, at);
      int end = date ? at + 10 : at;
      while (!date && Characters.digitAt(text, end)) {
        end++;
      }
      boolean joined = run.size() > 0 && joins(text, run.ends.get(run.size() - 1), at);
      if (date || !joined) {
        run = close(run, runs);
      }
      if (!date) {
        run.starts.add(at);
        run.ends.add(end);
      }
      at = end;
    }
    close(run, runs);
    return runs;
  }

  private static DigitGroups close(DigitGroups run, List<DigitGroups> runs) {
    if (run.size() > 0) {
      runs.add(run);
    }
    return new DigitGroups(new ArrayList<>(), new ArrayList<>());
  }

  private static boolean joins(String text, int from, int to) {
    if (to - from > MAX_SEPARATOR) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (" -.()".indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDate(String text, int at) {
    if (at + 10 > text.length() || Characters.digitAt(text, at + 10)) {
      return false;
    }
    for (int i = 0; i < 10; i++) {
      boolean dash = i == 4 || i == 7;
      char c = text.charAt(at + i);
      if (dash ? c != '-' : !Characters.isDigit(c)) {
        return false;
      }
    }
    boolean century = text.startsWith("19", at) || text.startsWith("20", at);
    return century && text.charAt(at + 5) <= '1' && text.charAt(at + 8) <= '3';
  }
}
