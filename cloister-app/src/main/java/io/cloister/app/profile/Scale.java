// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.profile;

import io.cloister.anonymize.profile.GridPoint;
import io.cloister.anonymize.profile.Profile;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The settings of a profile in a row, and a colour for each k. */
final class Scale {
  /** From small k to large: dark and apart in lightness too, for those who see no hue. */
  private static final int[][] RAMP = {
    {0x7f, 0xb8, 0xde},
    {0x3d, 0x8f, 0xc0},
    {0x1f, 0x66, 0x9b},
    {0x2a, 0x3f, 0x78},
    {0x2b, 0x1b, 0x4d}
  };

  private Scale() {}

  static List<Integer> ks(Profile profile) {
    return profile.grid().stream().map(GridPoint::k).distinct().toList();
  }

  static List<Long> delays(Profile profile) {
    return profile.grid().stream().map(GridPoint::delayRows).distinct().toList();
  }

  static Stream<GridPoint> of(Profile profile, int k) {
    return profile.grid().stream().filter(point -> point.k() == k);
  }

  /** The colour at a share of the way from the first to the last. */
  static String colour(int at, int of) {
    double way = of < 2 ? 0.5 : (double) at / (of - 1);
    return between(RAMP, way);
  }

  static String between(int[][] ramp, double way) {
    double place = way * (ramp.length - 1);
    int low = Math.min(ramp.length - 2, (int) place);
    double part = place - low;
    StringBuilder hex = new StringBuilder("#");
    for (int i = 0; i < 3; i++) {
      long value = Math.round(ramp[low][i] + part * (ramp[low + 1][i] - ramp[low][i]));
      hex.append(String.format(Locale.ROOT, "%02x", value));
    }
    return hex.toString();
  }

  /** Whichever of dark and white is easier to read on a colour (WCAG 2.2, relative luminance). */
  static String inkOn(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    double luminance =
        0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8 & 0xff) + 0.0722 * linear(rgb & 0xff);
    return luminance < 0.2 ? "#ffffff" : Svg.INK;
  }

  private static double linear(int channel) {
    double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
