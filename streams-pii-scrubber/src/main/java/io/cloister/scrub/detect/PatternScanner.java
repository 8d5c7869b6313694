// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.detect;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.cloister.common.error.InputException;
import java.util.function.Consumer;

/**
 * A pattern of the config. RE2 matches in linear time what a backtracking engine may take hours
 * for; long texts are read in overlapping windows, so that the search for a match that never ends
 * stays bounded too. What is longer than 128 characters may therefore be found in part alone.
 */
final class PatternScanner implements Scanner {
  private static final int WINDOW = 512;
  private static final int OVERLAP = 128;

  private final String type;
  private final Pattern pattern;

  /**
   * @param type the name of what is found
   * @param regex in RE2 syntax
   * @throws InputException when it is no pattern of RE2, or matches the empty text
   */
  PatternScanner(String type, String regex) {
    this.type = type;
    try {
      this.pattern = Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new InputException(
          "detect.patterns: "
              + type
              + " is no regular expression of RE2 (which has no look-around"
              + " and no back-references): "
              + e.getDescription());
    }
    if (pattern.matches("")) {
      throw new InputException("detect.patterns: " + type + " matches even the empty text");
    }
  }

  @Override
  public void scan(String text, Consumer<Finding> found) {
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + WINDOW);
      Matcher matcher = pattern.matcher(text.substring(from, to));
      while (matcher.find()) {
        if (matcher.end() > matcher.start()) {
          found.accept(new Finding(type, from + matcher.start(), from + matcher.end(), 0.9));
        }
      }
      from = to == text.length() ? to : to - OVERLAP;
    }
  }
}
