// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.detect;

import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Addresses of the web: with a scheme, beginning with {@code www.}, or a host name alone under one
 * of the oldest top-level domains (others are words of a sentence too often).
 */
final class UrlScanner implements Scanner {
  private static final Set<String> BARE =
      Set.of("com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "io");
  private static final Set<String> SECOND = Set.of("co", "ac", "com", "org", "edu", "gov", "net");
  private static final int MAX_SCHEME = 16;

  @Override
  public void scan(String text, Consumer<Finding> found) {
    int from = 0;
    for (int at = text.indexOf("://"); at >= 0; at = text.indexOf("://", from)) {
      from = at + 3;
      int start = scheme(text, at);
      if (start < at) {
        int limit = limit(text, from);
        int end = trim(text, from, limit);
        if (end > from) {
          found.accept(new Finding("URL", start, end, 0.95));
        }
        // Never read again, so that a text full of schemes costs no more than another.
        from = Math.max(from, limit);
      }
    }
    hosts(text, found);
  }

  private static int scheme(String text, int at) {
    int start = at;
    while (start > 0 && at - start < MAX_SCHEME && isScheme(text.charAt(start - 1))) {
      start--;
    }
    while (start < at && !Characters.letterAt(text, start)) {
      start++;
    }
    return at - start < 2 ? at : start;
  }

  private static boolean isScheme(char c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || c == '+' || c == '-' || c == '.');
  }

  private static int limit(String text, int from) {
    int limit = from;
    while (limit < text.length() && isUrl(text.charAt(limit))) {
      limit++;
    }
    return limit;
  }

  /** Without the punctuation of the sentence around; a closing bracket stays where one opened. */
  private static int trim(String text, int from, int limit) {
    int end = limit;
    long unopened = count(text, from, limit, ')') - count(text, from, limit, '(');
    while (end > from && ".,;:!?'*_)]".indexOf(text.charAt(end - 1)) >= 0) {
      if (text.charAt(end - 1) == ')' && unopened-- <= 0) {
        break;
      }
      end--;
    }
    return end;
  }

  private static long count(String text, int from, int to, char wanted) {
    return text.substring(from, to).chars().filter(c -> c == wanted).count();
  }

  private static boolean isUrl(char c) {
    return c > ' ' && c != 0x7F && "<>\"`{}|\\^".indexOf(c) < 0 && !Character.isWhitespace(c);
  }

  private static void hosts(String text, Consumer<Finding> found) {
    int at = 0;
    while (at < text.length()) {
      if (!isHost(text.charAt(at))) {
        at++;
        continue;
      }
      int end = at;
      int dots = 0;
      while (end < text.length() && isHost(text.charAt(end))) {
        dots += text.charAt(end) == '.' ? 1 : 0;
        end++;
      }
      int next = end;
      while (end > at && !Characters.wordAt(text, end - 1)) {
        dots -= text.charAt(end - 1) == '.' ? 1 : 0;
        end--;
      }
      boolean inMail = Characters.isAt(text, at - 1, '@') || Characters.isAt(text, end, '@');
      if (dots > 0 && !inMail && isHostName(text.substring(at, end), dots)) {
        boolean goesOn = end < text.length() && "/?#:".indexOf(text.charAt(end)) >= 0;
        int whole = goesOn ? trim(text, end, limit(text, end)) : end;
        found.accept(new Finding("URL", at, whole, 0.6));
        next = Math.max(next, whole);
      }
      at = next;
    }
  }

  private static boolean isHost(char c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == '-');
  }

  private static boolean isHostName(String name, int dots) {
    if (name.contains("..") || !Character.isLetterOrDigit(name.charAt(0))) {
      return false;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("www.") && dots > 1) {
      return true;
    }
    int last = lower.lastIndexOf('.');
    String top = lower.substring(last + 1);
    if (BARE.contains(top)) {
      return true;
    }
    String second = lower.substring(lower.lastIndexOf('.', last - 1) + 1, last);
    return dots > 1
        && top.length() == 2
        && Character.isLetter(top.charAt(0))
        && Character.isLetter(top.charAt(1))
        && SECOND.contains(second);
  }
}
