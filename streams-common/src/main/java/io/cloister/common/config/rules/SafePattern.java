// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.rules;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Refuses regular expressions on which a text can be built that takes exponential time: a
 * repetition without a bound inside another. Looks at the syntax alone, so it also refuses some
 * that are harmless.
 */
final class SafePattern {
  private static final int MAX_LENGTH = 500;
  private static final int FEW = 20;

  private final String regex;
  private int at;

  private SafePattern(String regex) {
    this.regex = regex;
  }

  /** What is allowed instead, if the expression is refused. */
  static Optional<String> refusal(String regex) {
    if (regex.length() > MAX_LENGTH) {
      return Optional.of("a regular expression of at most " + MAX_LENGTH + " characters");
    }
    try {
      if (Pattern.compile(regex).matcher("").find()) {
        return Optional.of("a regular expression that does not match the empty text");
      }
    } catch (PatternSyntaxException e) {
      return Optional.of("a regular expression of Java: " + e.getDescription());
    }
    return new SafePattern(regex).nests()
        ? Optional.of(
            "a regular expression without a repetition inside a repetition: some text would take"
                + " for ever")
        : Optional.empty();
  }

  private boolean nests() {
    Deque<Boolean> repeats = new ArrayDeque<>();
    repeats.push(false);
    while (at < regex.length()) {
      char c = regex.charAt(at++);
      boolean inner = false;
      if (c == '\\') {
        escape();
      } else if (c == '[') {
        characterClass();
      } else if (c == '(') {
        repeats.push(false);
        continue;
      } else if (c == ')' && repeats.size() > 1) {
        inner = repeats.pop();
        if (inner) {
          repeats.push(repeats.pop() || inner);
        }
      }
      if (unbounded()) {
        if (inner) {
          return true;
        }
        repeats.pop();
        repeats.push(true);
      }
    }
    return false;
  }

  private void escape() {
    if (at < regex.length() && regex.charAt(at) == 'Q') {
      int end = regex.indexOf("\\E", at);
      at = end < 0 ? regex.length() : end + 2;
    } else {
      at++;
    }
  }

  private void characterClass() {
    int depth = 1;
    boolean first = true;
    while (at < regex.length() && depth > 0) {
      char c = regex.charAt(at++);
      if (c == '\\') {
        escape();
      } else if (c == '[') {
        depth++;
      } else if (c == ']' && !first) {
        depth--;
      }
      first = first && c == '^';
    }
  }

  /** Skips a quantifier, and tells whether it repeats often. */
  private boolean unbounded() {
    if (at >= regex.length()) {
      return false;
    }
    char c = regex.charAt(at);
    if (c == '*' || c == '+') {
      at++;
      return true;
    }
    if (c != '{') {
      return false;
    }
    int end = regex.indexOf('}', at);
    String[] counts = regex.substring(at + 1, end < 0 ? regex.length() : end).split(",", -1);
    at = end < 0 ? regex.length() : end + 1;
    String most = counts[counts.length - 1];
    return counts.length > 1 && (most.isEmpty() || Integer.parseInt(most.strip()) > FEW);
  }
}
