// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.detect;

import java.util.function.Consumer;

/** IPv4 and IPv6 addresses, with the length of a network prefix where one follows. */
final class IpScanner implements Scanner {
  private static final int MAX_V4 = 15;
  private static final int MAX_V6 = 45;
  private static final int MAX_ZONE = 16;

  @Override
  public void scan(String text, Consumer<Finding> found) {
    int at = 0;
    while (at < text.length()) {
      if (!isAddress(text.charAt(at))) {
        at++;
        continue;
      }
      int end = at;
      int colons = 0;
      int dots = 0;
      while (end < text.length() && isAddress(text.charAt(end))) {
        colons += text.charAt(end) == ':' ? 1 : 0;
        dots += text.charAt(end) == '.' ? 1 : 0;
        end++;
      }
      boolean whole = !Characters.wordAt(text, at - 1) && !Characters.wordAt(text, end);
      if (colons > 1 && end - at <= MAX_V6 + 1 && whole) {
        v6(text, at, end, found);
      }
      if (dots > 2) {
        v4(text, at, end, found);
      }
      at = end;
    }
  }

  private static boolean isAddress(char c) {
    return Characters.isHex(c) || c == ':' || c == '.';
  }

  private static void v6(String text, int start, int runEnd, Consumer<Finding> found) {
    int end = runEnd;
    while (end > start
        && (text.charAt(end - 1) == '.'
            || (text.charAt(end - 1) == ':' && !Characters.isAt(text, end - 2, ':')))) {
      end--;
    }
    String address = text.substring(start, end);
    int groups = address.length() - address.replace(":", "").length();
    boolean telling = address.chars().anyMatch(c -> Characters.isDigit((char) c)) || groups > 2;
    if (telling && IpAddress.parse(address).isPresent()) {
      found.accept(new Finding("IP", start, suffix(text, zone(text, end)), 0.95));
    }
  }

  private static int zone(String text, int end) {
    int zone = end;
    if (Characters.isAt(text, end, '%')) {
      zone++;
      while (Characters.wordAt(text, zone) && zone - end < MAX_ZONE) {
        zone++;
      }
    }
    return zone > end + 1 ? zone : end;
  }

  private static void v4(String text, int from, int to, Consumer<Finding> found) {
    int at = from;
    while (at < to) {
      if (!Characters.digitAt(text, at)) {
        at++;
        continue;
      }
      int end = at;
      while (end < to && (Characters.digitAt(text, end) || text.charAt(end) == '.')) {
        end++;
      }
      int next = end;
      while (text.charAt(end - 1) == '.') {
        end--;
      }
      boolean whole = !Characters.wordAt(text, at - 1) && !Characters.wordAt(text, next);
      if (whole && end - at <= MAX_V4 && IpAddress.parse(text.substring(at, end)).isPresent()) {
        found.accept(new Finding("IP", at, suffix(text, end), 0.9));
      }
      at = next;
    }
  }

  /** The end of {@code /24} where it follows. */
  private static int suffix(String text, int end) {
    int at = end;
    if (Characters.isAt(text, end, '/')) {
      at++;
      while (Characters.digitAt(text, at) && at - end < 4) {
        at++;
      }
    }
    return at > end + 1 && !Characters.wordAt(text, at) ? at : end;
  }
}
