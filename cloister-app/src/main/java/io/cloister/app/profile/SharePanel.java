// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.profile;

import io.cloister.anonymize.file.FileReport;
import io.cloister.anonymize.profile.GridPoint;
import io.cloister.anonymize.profile.Profile;
import java.util.List;
import java.util.function.ToLongFunction;

/** A share of the rows for every k and delay, as a table whose cells are the darker the more. */
final class SharePanel {
  private static final double ROW = 21;
  private static final double HEADER = 17;
  private static final double NAMES = 40;

  private final Svg svg;
  private final Profile profile;
  private final double x;
  private final double y;
  private final double width;

  SharePanel(Svg svg, Profile profile, double x, double y, double width) {
    this.svg = svg;
    this.profile = profile;
    this.x = x;
    this.y = y;
    this.width = width;
  }

  static double height(Profile profile) {
    return HEADER + ROW * Scale.ks(profile).size();
  }

  /**
   * @param part what is counted
   * @param ramp the colours from none on
   * @param full the share that has the last colour
   */
  void draw(ToLongFunction<FileReport> part, int[][] ramp, double full) {
    List<Integer> ks = Scale.ks(profile);
    List<Long> delays = Scale.delays(profile);
    double cell = (width - NAMES) / delays.size();
    for (int column = 0; column < delays.size(); column++) {
      svg.text(
          x + NAMES + (column + 0.5) * cell,
          y + 11,
          cell < 46 ? brief(delays.get(column)) : Figures.count(delays.get(column)),
          "text-anchor",
          "middle",
          "fill",
          Svg.GREY);
    }
    for (int row = 0; row < ks.size(); row++) {
      int k = ks.get(row);
      double at = y + HEADER + row * ROW;
      svg.text(x, at + 14.5, "k " + k, "font-weight", k == profile.k() ? 700 : 400);
      List<GridPoint> points = Scale.of(profile, k).toList();
      for (int column = 0; column < points.size(); column++) {
        FileReport report = points.get(column).report();
        double share = (double) part.applyAsLong(report) / report.records();
        double left = x + NAMES + column * cell;
        String colour = Scale.between(ramp, Math.min(1, share / full));
        svg.rect(left + 1, at + 1, cell - 2, ROW - 2, colour);
        svg.text(
            left + cell / 2,
            at + 14.5,
            Figures.percent(part.applyAsLong(report), report.records()),
            "text-anchor",
            "middle",
            "fill",
            Scale.inkOn(colour),
            "font-size",
            cell < 46 ? 10 : 12);
      }
    }
  }

  private static String brief(long delay) {
    return delay >= 1000 && delay % 100 == 0 ? Svg.number(delay / 1000.0) + "k" : "" + delay;
  }
}
