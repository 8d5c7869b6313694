// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.bind;

import java.util.Collection;
import java.util.Optional;

/** Finds what was probably meant, by Levenshtein distance, or as a part of a name. */
public final class Nearest {
  private static final int MIN_PART = 4;

  private Nearest() {}

  /**
   * @param written a name that is not known
   * @param known the known names
   * @return the nearest, absent when none is near
   */
  public static Optional<String> to(String written, Collection<String> known) {
    String nearest = null;
    int least = Math.max(1, Math.min(written.length(), 12) / 2);
    for (String name : known) {
      int distance = distance(written, name);
      if (distance < least || (nearest == null && distance == least)) {
        least = distance;
        nearest = name;
      }
    }
    return Optional.ofNullable(nearest).or(() -> containing(written, known));
  }

  private static Optional<String> containing(String written, Collection<String> known) {
    return known.stream()
        .filter(name -> written.length() >= MIN_PART && name.contains(written))
        .findFirst();
  }

  private static int distance(String one, String other) {
    int[] above = new int[other.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[above.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        boolean same =
            Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
        row[j] = Math.min(Math.min(row[j - 1], above[j]) + 1, above[j - 1] + (same ? 0 : 1));
      }
      above = row;
    }
    return above[other.length()];
  }
}
