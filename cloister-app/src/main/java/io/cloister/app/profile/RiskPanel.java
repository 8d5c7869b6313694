// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.profile;

import io.cloister.anonymize.profile.CombinationRisk;
import io.cloister.anonymize.profile.SampleRisk;
import java.util.List;

/** How many people the riskiest combinations single out: of one field, of two, of three, of all. */
final class RiskPanel {
  private static final double ROW = 44;
  private static final double LEGEND = 24;

  private static final String UNIQUE = "#b23a48";
  private static final String UNDER_K = "#f0b7a4";
  private static final String HIDDEN = "#eceff2";

  private final Svg svg;
  private final SampleRisk risk;
  private final int k;
  private final double x;
  private final double y;
  private final double width;

  RiskPanel(Svg svg, SampleRisk risk, int k, double x, double y, double width) {
    this.svg = svg;
    this.risk = risk;
    this.k = k;
    this.x = x;
    this.y = y;
    this.width = width;
  }

  static double height(int combinations) {
    return LEGEND + combinations * ROW;
  }

  void draw() {
    svg.rect(x, y, 12, 12, UNIQUE);
    svg.text(x + 16, y + 10, "unique", "fill", Svg.GREY);
    svg.rect(x + 72, y, 12, 12, UNDER_K);
    svg.text(x + 88, y + 10, "one of fewer than " + k, "fill", Svg.GREY);
    svg.rect(x + 222, y, 12, 12, HIDDEN);
    svg.text(x + 238, y + 10, "one of " + k + " or more", "fill", Svg.GREY);
    List<CombinationRisk> shown = ProfileChart.riskiestOfEachSize(risk);
    for (int i = 0; i < shown.size(); i++) {
      CombinationRisk each = shown.get(i);
      double at = y + LEGEND + i * ROW;
      String share =
          Figures.count(each.unique())
              + " unique, "
              + Figures.percent(each.unique(), risk.people());
      String name =
          each.fields().size() > 3
              ? "all " + each.fields().size() + " together"
              : ProfileChart.fitting(each.fields(), width - 132);
      svg.text(x, at + 12, name);
      svg.text(x + width, at + 12, share, "text-anchor", "end", "font-weight", 700);
      double unique = width * each.unique() / risk.people();
      double under = width * (each.underK() - each.unique()) / risk.people();
      svg.rect(x, at + 17, width, 15, HIDDEN);
      svg.rect(x, at + 17, unique, 15, UNIQUE);
      svg.rect(x + unique, at + 17, under, 15, UNDER_K);
    }
  }
}
