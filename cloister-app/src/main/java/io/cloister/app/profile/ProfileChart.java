// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.profile;

import io.cloister.anonymize.file.FileReport;
import io.cloister.anonymize.profile.CombinationRisk;
import io.cloister.anonymize.profile.GridPoint;
import io.cloister.anonymize.profile.Profile;
import io.cloister.anonymize.profile.SampleRisk;
import java.util.List;
import java.util.stream.IntStream;

/** A profile for people who would rather look than read: one SVG picture. */
public final class ProfileChart {
  private static final int WIDTH = 1000;
  private static final int MARGIN = 32;
  private static final int RIGHT_COLUMN = 612;
  private static final int[][] AT_ONCE = {{0xf3, 0xf7, 0xf4}, {0x7f, 0xb9, 0x9a}, {0x1d, 0x6f, 0x4f}};
  private static final int[][] SUPPRESSED = {
    {0xf7, 0xf5, 0xf4}, {0xe5, 0x8a, 0x7d}, {0x9e, 0x25, 0x36}
  };

  private ProfileChart() {}

  /**
   * @param profile what was found
   * @return an SVG document that holds field names and figures
   */
  public static String of(Profile profile) {
    double share = 17 + SharePanel.ROW * Scale.ks(profile).size();
    double upper = Math.max(330, 2 * share + 62);
    double lower = 118 + upper + 44;
    int fields = profile.own().report().quasiIdentifiers().size();
    double height =
        lower
            + 52
            + Math.max(
                22 + fields * FieldPanel.ROW,
                22 + riskiestOfEachSize(profile.risk()).size() * RiskPanel.ROW)
            + 16;
    Svg svg = new Svg(WIDTH, (int) Math.ceil(height), "Loss against delay", describe(profile));
    svg.text(MARGIN, 40, "What privacy costs this sample", "font-size", 20, "font-weight", 700);
    svg.text(
        MARGIN,
        62,
        Figures.count(profile.rows())
            + " rows of "
            + Figures.count(profile.risk().people())
            + " people, "
            + fields
            + (fields == 1 ? " quasi-identifier. " : " quasi-identifiers. ")
            + "For operators only: exact counts of real people, not for publication.",
        "font-size",
        13,
        "fill",
        Svg.GREY);

    heading(
        svg, MARGIN, 98, "Information lost, by how long a row may wait", "0: nothing, 1: everything");
    new LossPanel(svg, profile, MARGIN, 128, 540, upper - 10).draw();
    heading(svg, RIGHT_COLUMN, 98, "Released the moment they came", "share of rows, by delay");
    new SharePanel(svg, profile, RIGHT_COLUMN, 122, WIDTH - MARGIN - RIGHT_COLUMN)
        .draw(FileReport::immediate, AT_ONCE);
    double second = 122 + share + 34;
    heading(svg, RIGHT_COLUMN, second, "Suppressed", "share of rows, by delay");
    new SharePanel(svg, profile, RIGHT_COLUMN, second + 24, WIDTH - MARGIN - RIGHT_COLUMN)
        .draw(FileReport::suppressed, SUPPRESSED);

    heading(
        svg,
        MARGIN,
        lower,
        "What is left of each quasi-identifier",
        "k " + profile.k() + ", delay " + Figures.count(profile.delayRows()) + " rows");
    new FieldPanel(svg, profile, MARGIN, lower + 26, 540).draw();
    heading(svg, RIGHT_COLUMN, lower, "Who stands out in the raw sample", "people, before all this");
    new RiskPanel(
            svg, profile.risk(), profile.k(), RIGHT_COLUMN, lower + 26, WIDTH - MARGIN - RIGHT_COLUMN)
        .draw();
    return svg.finish();
  }

  private static void heading(Svg svg, double x, double y, String text, String more) {
    svg.text(x, y, text, "font-size", 14, "font-weight", 700);
    svg.text(x + width(text, 14) * 1.06 + 12, y, more, "fill", Svg.GREY);
  }

  /** The riskiest combination of one field, of two, of three, and of all. */
  static List<CombinationRisk> riskiestOfEachSize(SampleRisk risk) {
    int all = risk.combinations().stream().mapToInt(each -> each.fields().size()).max().orElse(0);
    return IntStream.rangeClosed(1, all).boxed().flatMap(n -> risk.of(n).stream().limit(1)).toList();
  }

  /** Roughly how wide a text is. */
  private static double width(String text, double size) {
    return text.codePointCount(0, text.length()) * size * 0.54;
  }

  /** As much of a text as there is room for. */
  static String fitting(String text, double room, double size) {
    int most = Math.max(1, (int) (room / (size * 0.54)));
    if (text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, most - 1)) + "\u2026";
  }

  private static String describe(Profile profile) {
    StringBuilder text = new StringBuilder("Information loss, 0 to 1, for each k and delay in rows. ");
    for (GridPoint point : profile.grid()) {
      text.append("k ")
          .append(point.k())
          .append(", delay ")
          .append(Figures.count(point.delayRows()))
          .append(": loss ")
          .append(Figures.loss(point.report().glm()))
          .append(", suppressed ")
          .append(Figures.percent(point.report().suppressed(), point.report().records()))
          .append(". ");
    }
    return text.toString().strip();
  }
}
