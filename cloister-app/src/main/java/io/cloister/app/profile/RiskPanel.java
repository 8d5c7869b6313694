// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.profile;

import io.cloister.anonymize.profile.CombinationRisk;
import io.cloister.anonymize.profile.SampleRisk;
import java.util.List;

/** How many people the riskiest combinations single out: of one field, of two, of three, of all. */
final class RiskPanel {
  static final double ROW = 44;

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

  void draw() {
    svg.rect(x, y, 12, 12, UNIQUE);
    svg.text(x + 16, y + 10, "nobody else has it", "fill", Svg.GREY);
    svg.rect(x + 134, y, 12, 12, UNDER_K);
    svg.text(x + 150, y + 10, "fewer than " + k + " people", "fill", Svg.GREY);
    svg.rect(x + 266, y, 12, 12, HIDDEN);
    svg.text(x + 282, y + 10, "k or more", "fill", Svg.GREY);
    List<CombinationRisk> shown = ProfileChart.riskiestOfEachSize(risk);
    for (int i = 0; i < shown.size(); i++) {
      CombinationRisk each = shown.get(i);
      double at = y + 22 + i * ROW;
      String share = Figures.percent(each.unique(), risk.people()) + " unique";
      String name =
          i == shown.size() - 1 && each.fields().size() > 3
              ? "all " + each.fields().size() + " together"
              : Figures.fields(each.fields());
      svg.text(x, at + 12, ProfileChart.fitting(name, width - 92, 12));
      svg.text(x + width, at + 12, share, "text-anchor", "end", "font-weight", 700);
      double unique = width * each.unique() / risk.people();
      double under = width * (each.underK() - each.unique()) / risk.people();
      svg.rect(x, at + 17, width, 15, HIDDEN);
      svg.rect(x, at + 17, unique, 15, UNIQUE);
      svg.rect(x + unique, at + 17, under, 15, UNDER_K);
    }
  }
}
