// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.profile;

import io.cloister.anonymize.profile.GridPoint;
import io.cloister.anonymize.profile.Profile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Loss against delay, a line for each k, named where it ends. */
final class LossPanel {
  private static final double LINE_HEIGHT = 15;

  /** Room for the names at the right. */
  private static final double NAMES = 92;

  private final Svg svg;
  private final Profile profile;
  private final double left;
  private final double top;
  private final double right;
  private final double bottom;
  private final double most;
  private final double first;
  private final double last;

  LossPanel(Svg svg, Profile profile, double x, double y, double width, double height) {
    this.svg = svg;
    this.profile = profile;
    this.left = x + 34;
    this.top = y;
    this.right = x + width - NAMES;
    this.bottom = y + height - 40;
    double highest =
        profile.grid().stream().mapToDouble(point -> point.report().glm()).max().orElse(1);
    this.most = Math.max(0.1, Math.ceil(highest * 10 - 1e-9) / 10);
    List<Long> delays = Scale.delays(profile);
    this.first = place(delays.get(0));
    this.last = place(delays.get(delays.size() - 1));
  }

  void draw() {
    axes();
    List<Integer> ks = Scale.ks(profile);
    List<Name> names = new ArrayList<>();
    for (int i = 0; i < ks.size(); i++) {
      names.add(line(ks.get(i), Scale.colour(i, ks.size())));
    }
    names(names);
  }

  private void axes() {
    int steps = (int) Math.round(most * 10);
    int every = steps > 5 ? 2 : 1;
    for (int step = 0; step <= steps; step += every) {
      double y = y(step / 10.0);
      svg.line(left, y, right, y, Svg.RULE);
      svg.text(
          left - 8,
          y + 4,
          step == 0 ? "0" : Figures.loss(step / 10.0).substring(0, step == 10 ? 1 : 2),
          "text-anchor",
          "end",
          "fill",
          Svg.GREY);
    }
    double used = Double.NEGATIVE_INFINITY;
    for (long delay : Scale.delays(profile)) {
      double x = x(delay);
      svg.line(x, bottom, x, bottom + 5, Svg.GREY);
      if (x - used > 46) {
        svg.text(x, bottom + 19, Figures.count(delay), "text-anchor", "middle", "fill", Svg.GREY);
        used = x;
      }
    }
    svg.text(
        (left + right) / 2,
        bottom + 37,
        "delay in rows (log scale)",
        "text-anchor",
        "middle",
        "fill",
        Svg.GREY);
  }

  private Name line(int k, String colour) {
    boolean own = k == profile.k();
    StringBuilder points = new StringBuilder();
    List<GridPoint> line = Scale.of(profile, k).toList();
    for (GridPoint point : line) {
      points
          .append(Svg.number(x(point.delayRows())))
          .append(',')
          .append(Svg.number(y(point.report().glm())))
          .append(' ');
    }
    svg.polyline(points.toString().strip(), colour, own ? 4 : 2);
    for (GridPoint point : line) {
      svg.circle(
          x(point.delayRows()),
          y(point.report().glm()),
          own ? 6 : 4.5,
          colour,
          "k "
              + k
              + ", delay "
              + Figures.count(point.delayRows())
              + " rows: loss "
              + Figures.loss(point.report().glm()));
    }
    return new Name(k, colour, y(line.get(line.size() - 1).report().glm()));
  }

  private record Name(int k, String colour, double y) {}

  /** Each at its line's end, moved down as far as the one above it needs room. */
  private void names(List<Name> names) {
    List<Name> downwards = names.stream().sorted(Comparator.comparingDouble(Name::y)).toList();
    double[] at = new double[downwards.size()];
    for (int i = 0; i < at.length; i++) {
      at[i] = Math.max(downwards.get(i).y(), i == 0 ? top : at[i - 1] + LINE_HEIGHT);
    }
    for (int i = at.length - 1; i >= 0; i--) {
      at[i] = Math.min(at[i], i == at.length - 1 ? bottom : at[i + 1] - LINE_HEIGHT);
    }
    for (int i = 0; i < at.length; i++) {
      Name name = downwards.get(i);
      boolean own = name.k() == profile.k();
      svg.line(right + 8, name.y(), right + 18, at[i], name.colour());
      svg.text(
          right + 22,
          at[i] + 4,
          "k " + name.k() + (own ? " (config)" : ""),
          "font-weight",
          own ? 700 : 400);
    }
  }

  private double x(long delay) {
    double share = last > first ? (place(delay) - first) / (last - first) : 0.5;
    return left + 14 + share * (right - left - 28);
  }

  private double y(double loss) {
    return bottom - loss / most * (bottom - top);
  }

  /** A delay of 0 has a place as well. */
  private static double place(long delay) {
    return Math.log10(1.0 + delay);
  }
}
