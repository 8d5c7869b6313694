// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.profile;

import io.cloister.anonymize.file.FieldReport;
import io.cloister.anonymize.file.FileReport;
import io.cloister.anonymize.profile.Profile;
import io.cloister.anonymize.profile.WhatIf;
import java.util.List;
import java.util.Optional;

/** What is left of each quasi-identifier: a bar, parted by the level that rows were released on. */
final class FieldPanel {
  private static final double ROW = 27;
  private static final double LEGEND = 24;

  private static final int[][] LEVELS = {
    {0xd3, 0xe6, 0xf3}, {0x5f, 0x9b, 0xc6}, {0x1c, 0x4d, 0x7a}
  };
  private static final String ROOT = "#20252b";
  private static final String WITHHELD = "#d1495b";
  private static final double NAMES = 128;
  private static final double LOSS = 44;
  private static final double WITHOUT = 118;

  private final Svg svg;
  private final Profile profile;
  private final double x;
  private final double y;
  private final double width;

  FieldPanel(Svg svg, Profile profile, double x, double y, double width) {
    this.svg = svg;
    this.profile = profile;
    this.x = x;
    this.y = y;
    this.width = width;
  }

  static double height(int fields) {
    return LEGEND + fields * ROW;
  }

  void draw() {
    FileReport own = profile.own().report();
    double bar = width - NAMES - LOSS - WITHOUT;
    legend(x);
    heading(x + NAMES + bar + LOSS - 6, "loss");
    if (!profile.whatIfs().isEmpty()) {
      heading(x + width, "others without it");
    }
    List<FieldReport> fields = own.quasiIdentifiers();
    for (int i = 0; i < fields.size(); i++) {
      FieldReport field = fields.get(i);
      double at = y + LEGEND + i * ROW;
      svg.text(
          x + NAMES - 8,
          at + 14,
          ProfileChart.fitting(List.of(field.field()), NAMES - 8),
          "text-anchor",
          "end");
      bar(field, own.records(), x + NAMES, at, bar);
      number(x + NAMES + bar + LOSS - 6, at, Figures.shortLoss(field.loss()), 700);
      without(field)
          .ifPresent(
              whatIf ->
                  number(
                      x + width,
                      at,
                      Figures.shortLoss(whatIf.othersBefore())
                          + " \u2192 "
                          + Figures.shortLoss(whatIf.othersAfter()),
                      400));
    }
  }

  private Optional<WhatIf> without(FieldReport field) {
    return profile.whatIfs().stream()
        .filter(whatIf -> whatIf.change() == WhatIf.Change.LEFT_OUT)
        .filter(whatIf -> whatIf.field().equals(field.field()))
        .findFirst();
  }

  private void heading(double right, String text) {
    svg.text(right, y + 10, text, "text-anchor", "end", "fill", Svg.GREY);
  }

  private void number(double right, double at, String text, int weight) {
    svg.text(right, at + 14, text, "text-anchor", "end", "font-weight", weight);
  }

  private void bar(FieldReport field, long records, double left, double at, double bar) {
    List<Long> levels = field.levels();
    double from = left;
    long released = 0;
    for (int level = 0; level < levels.size(); level++) {
      double share = bar * levels.get(level) / records;
      svg.rect(from, at, share, ROW - 8, colour(level, levels.size()));
      from += share;
      released += levels.get(level);
      if (level < levels.size() - 1 && share > 1) {
        svg.line(from, at, from, at + ROW - 8, "#ffffff");
      }
    }
    svg.rect(from, at, bar * (records - released) / records, ROW - 8, WITHHELD);
  }

  private static String colour(int level, int levels) {
    if (level == levels - 1) {
      return ROOT;
    }
    return Scale.between(LEVELS, levels < 3 ? 0 : (double) level / (levels - 2));
  }

  private void legend(double left) {
    for (int i = 0; i < 3; i++) {
      svg.rect(left + i * 13, y, 12, 12, Scale.between(LEVELS, i / 2.0));
    }
    svg.text(left + 44, y + 10, "fine to coarse", "fill", Svg.GREY);
    svg.rect(left + 146, y, 12, 12, ROOT);
    svg.text(left + 162, y + 10, "only *", "fill", Svg.GREY);
    svg.rect(left + 214, y, 12, 12, WITHHELD);
    svg.text(left + 230, y + 10, "withheld", "fill", Svg.GREY);
  }
}
