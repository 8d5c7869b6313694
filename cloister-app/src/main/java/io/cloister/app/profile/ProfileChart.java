// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.profile;

import io.cloister.anonymize.file.FileReport;
import io.cloister.anonymize.profile.CombinationRisk;
import io.cloister.anonymize.profile.GridPoint;
import io.cloister.anonymize.profile.Profile;
import io.cloister.anonymize.profile.SampleRisk;
import io.cloister.common.path.FieldPath;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A profile for people who would rather look than read: one SVG picture. */
public final class ProfileChart {
  private static final int WIDTH = 1000;
  private static final int MARGIN = 32;
  private static final int LEFT_WIDTH = 548;
  private static final int RIGHT_COLUMN = 620;

  /** Where the upper panels begin, and how much their headings take. */
  private static final int UPPER = 100;

  private static final int HEADING = 34;

  /** Of 12 points, in a wide font. */
  private static final double WIDE_CHARACTER = 7.2;

  /** The share at which suppression is as bad as the picture can say. */
  private static final double MUCH_SUPPRESSED = 0.2;

  private static final int[][] AT_ONCE = {
    {0xf3, 0xf7, 0xf4}, {0x7f, 0xb9, 0x9a}, {0x1d, 0x6f, 0x4f}
  };
  private static final int[][] SUPPRESSED = {
    {0xf7, 0xf5, 0xf4}, {0xe5, 0x8a, 0x7d}, {0x9e, 0x25, 0x36}
  };

  private ProfileChart() {}

  /**
   * @param profile what was found
   * @return an SVG document that holds field names and figures
   */
  public static String of(Profile profile) {
    FileReport own = profile.own().report();
    int fields = own.quasiIdentifiers().size();
    double right = WIDTH - MARGIN - RIGHT_COLUMN;
    double table = SharePanel.height(profile);
    double second = UPPER + HEADING + table + 38;
    double plot = Math.max(300, second + HEADING + table - UPPER - HEADING);
    double lower = UPPER + HEADING + plot + 40;
    double panel =
        Math.max(
            FieldPanel.height(fields), RiskPanel.height(riskiestOfEachSize(profile.risk()).size()));
    Svg svg =
        new Svg(
            WIDTH,
            (int) Math.ceil(lower + HEADING + panel + 20),
            "Information loss against delay, for several k",
            describe(profile));

    svg.text(MARGIN, 40, "What privacy costs this sample", "font-size", 20, "font-weight", 700);
    svg.text(MARGIN, 62, summary(profile, fields), "font-size", 13, "fill", Svg.GREY);

    heading(
        svg, MARGIN, UPPER, "Information lost", "0 nothing, 1 everything, by how long rows wait");
    new LossPanel(svg, profile, MARGIN, UPPER + HEADING, LEFT_WIDTH, plot).draw();
    heading(svg, RIGHT_COLUMN, UPPER, "Released the moment they came", "share of rows, by delay");
    new SharePanel(svg, profile, RIGHT_COLUMN, UPPER + HEADING, right)
        .draw(FileReport::immediate, AT_ONCE, 1);
    heading(svg, RIGHT_COLUMN, second, "Suppressed", "share of rows, by delay");
    new SharePanel(svg, profile, RIGHT_COLUMN, second + HEADING, right)
        .draw(FileReport::suppressed, SUPPRESSED, MUCH_SUPPRESSED);

    String settings =
        "share of rows by the step they were released on, at k "
            + profile.k()
            + ", delay "
            + Figures.count(profile.delayRows());
    heading(svg, MARGIN, lower, "What is left of each quasi-identifier", settings);
    new FieldPanel(svg, profile, MARGIN, lower + HEADING, LEFT_WIDTH).draw();
    heading(
        svg,
        RIGHT_COLUMN,
        lower,
        "Who stands out in the raw sample",
        "share of people, by the riskiest of one, two, three fields");
    new RiskPanel(svg, profile.risk(), profile.k(), RIGHT_COLUMN, lower + HEADING, right).draw();
    return svg.finish();
  }

  private static String summary(Profile profile, int fields) {
    return Figures.count(profile.rows())
        + " rows of "
        + Figures.count(profile.risk().people())
        + " people, "
        + fields
        + (fields == 1 ? " quasi-identifier. " : " quasi-identifiers. ")
        + "For operators only: exact counts of real people, not for publication.";
  }

  private static void heading(Svg svg, double x, double y, String text, String more) {
    svg.text(x, y, text, "font-size", 14, "font-weight", 700);
    svg.text(x, y + 18, more, "fill", Svg.GREY);
  }

  /** The riskiest combination of one field, of two, of three, and of all. */
  static List<CombinationRisk> riskiestOfEachSize(SampleRisk risk) {
    int all = risk.combinations().stream().mapToInt(each -> each.fields().size()).max().orElse(0);
    return IntStream.rangeClosed(1, all)
        .boxed()
        .flatMap(n -> risk.of(n).stream().limit(1))
        .toList();
  }

  /** The fields' paths if there is room for them, else their last names, as far as that goes. */
  static String fitting(List<FieldPath> fields, double room) {
    int most = (int) (room / WIDE_CHARACTER);
    String text = Figures.fields(fields);
    if (text.codePointCount(0, text.length()) > most) {
      text = fields.stream().map(ProfileChart::lastName).collect(Collectors.joining(" + "));
    }
    return text.codePointCount(0, text.length()) > most
        ? text.substring(0, text.offsetByCodePoints(0, most - 1)) + "\u2026"
        : text;
  }

  private static String lastName(FieldPath field) {
    return field.steps().get(field.steps().size() - 1) instanceof FieldPath.Step.Field last
        ? last.name()
        : field.toString();
  }

  private static String describe(Profile profile) {
    StringBuilder text =
        new StringBuilder("Information loss, 0 to 1, for each k and delay in rows. ");
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
