// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.detect;

import java.util.function.Consumer;

/**
 * Mail addresses: from each {@code @} outwards, at most 64 characters to the left and 255 to the
 * right (RFC 5321, 4.5.3.1). The name of a package version ({@code name@1.2.3}) and the keys of a
 * learning platform ({@code block-v1:...+type@problem+block@id}) are none.
 */
final class EmailScanner implements Scanner {
  private static final int MAX_LOCAL = 64;
  private static final int MAX_DOMAIN = 255;

  @Override
  public void scan(String text, Consumer<Finding> found) {
    for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      int start = local(text, at);
      int end = domain(text, at);
      if (start < at && end > at + 1 && !isCourseKey(text, start, at)) {
        found.accept(new Finding("EMAIL", start, end, 1.0));
      }
    }
  }

  private static int local(String text, int at) {
    int start = at;
    while (start > 0 && at - start < MAX_LOCAL && isLocal(text.charAt(start - 1))) {
      start--;
    }
    while (start < at && !Characters.wordAt(text, start) && text.charAt(start) != '_') {
      start++;
    }
    return start;
  }

  private static boolean isLocal(char c) {
    return Character.isLetterOrDigit(c) || Character.isSurrogate(c) || "._%+-'&".indexOf(c) >= 0;
  }

  /** Where the domain ends; {@code at + 1} where there is none. */
  private static int domain(String text, int at) {
    int none = at + 1;
    int end = none;
    while (end < text.length() && end - none < MAX_DOMAIN && isDomain(text.charAt(end))) {
      end++;
    }
    while (end > none && !Characters.wordAt(text, end - 1)) {
      end--;
    }
    String domain = text.substring(none, end);
    int lastDot = domain.lastIndexOf('.') + none;
    if (lastDot <= none || domain.contains("..")) {
      return none;
    }
    boolean topLevel = end - lastDot > 2 && Characters.letterAt(text, lastDot + 1);
    return topLevel && !isVersion(text, none, lastDot) ? end : none;
  }

  private static boolean isDomain(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '-';
  }

  /** Two numbers and a dot between: {@code 1.2} of {@code 1.2.beta}, but not {@code 163.com}. */
  private static boolean isVersion(String text, int start, int end) {
    boolean dot = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c != '.' && !Characters.isDigit(c)) {
        return false;
      }
      dot |= c == '.';
    }
    return dot;
  }

  private static boolean isCourseKey(String text, int start, int at) {
    return text.startsWith("+block", at - "+block".length())
        && Characters.isAt(text, start - 1, '@')
        && text.startsWith("+type", start - 1 - "+type".length());
  }
}
