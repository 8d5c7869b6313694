// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.profile;

import io.cloister.anonymize.file.FieldReport;
import io.cloister.anonymize.file.FileReport;
import io.cloister.anonymize.profile.CombinationRisk;
import io.cloister.anonymize.profile.GridPoint;
import io.cloister.anonymize.profile.Profile;
import io.cloister.anonymize.profile.WhatIf;
import io.cloister.common.config.AnonymizeConfig;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A profile as text for a terminal. Holds field names and figures, no value of the sample. */
public final class ProfileText {
  /** How many combinations of each size are told. */
  private static final int TOLD = 3;

  private final Profile profile;
  private final AnonymizeConfig section;
  private final Optional<BigDecimal> rate;
  private final List<String> lines = new ArrayList<>();

  private ProfileText(Profile profile, AnonymizeConfig section, Optional<BigDecimal> rate) {
    this.profile = profile;
    this.section = section;
    this.rate = rate;
  }

  /**
   * @param profile what was found
   * @param section the config that it was found for
   * @param rate events a second, if known
   * @return lines of text
   */
  public static List<String> of(
      Profile profile, AnonymizeConfig section, Optional<BigDecimal> rate) {
    ProfileText text = new ProfileText(profile, section, rate);
    text.all();
    return List.copyOf(text.lines);
  }

  private void all() {
    lines.add("For operators only: exact counts of real people, not for publication.");
    lines.add("");
    lines.add(
        Figures.count(profile.rows())
            + " rows of "
            + Figures.count(profile.risk().people())
            + " people");
    grid();
    fields();
    whatIfs();
    risk();
  }

  private void heading(String text) {
    lines.add("");
    lines.add(text);
  }

  private void grid() {
    heading("What k and delay cost (* the config's own k)");
    TextColumns table = new TextColumns();
    List<String> names = new ArrayList<>(List.of("k", "delay"));
    rate.ifPresent(perSecond -> names.add("max-delay"));
    names.addAll(
        List.of("loss", "at once", "median hold", "p99 hold", "suppressed", "late", "cells"));
    table.row(names);
    for (GridPoint point : profile.grid()) {
      FileReport report = point.report();
      List<String> row = new ArrayList<>();
      row.add((point.k() == profile.k() ? "*" : "") + point.k());
      row.add(Figures.count(point.delayRows()));
      rate.ifPresent(perSecond -> row.add(Figures.delay(point.delayRows(), perSecond)));
      row.add(Figures.loss(report.glm()));
      row.add(Figures.percent(report.immediate(), report.records()));
      row.add(Figures.count(report.medianHold()));
      row.add(Figures.count(report.p99Hold()));
      row.add(Figures.percent(report.suppressed(), report.records()));
      row.add(Figures.percent(report.late(), report.records()));
      row.add(Figures.count(report.cells()));
      table.row(row);
    }
    table.print(lines);
    lines.add("  loss: mean over rows and quasi-identifiers (GLM), 0 nothing, 1 everything lost.");
    lines.add(
        "  delay and holds in rows; "
            + rate.map(
                    perSecond ->
                        "max-delay is what they take at "
                            + perSecond.toPlainString()
                            + " rows a second.")
                .orElse("N rows are a max-delay of N / R seconds at R rows a second (--rate R)."));
    profile
        .tooLong()
        .forEach(
            delay ->
                lines.add(
                    "  delay " + Figures.count(delay) + " left out: the sample is no longer."));
  }

  private void fields() {
    FileReport own = profile.own().report();
    heading("What is left of each quasi-identifier, " + settings());
    TextColumns table = new TextColumns();
    table.row(List.of("loss", "field", "share of rows released on each step"));
    List<AnonymizeConfig.QuasiIdentifier> declared =
        List.copyOf(section.quasiIdentifiers().values());
    for (int q = 0; q < declared.size(); q++) {
      FieldReport field = own.quasiIdentifiers().get(q);
      List<String> steps = Steps.of(declared.get(q).hierarchy(), field.levels().size());
      List<String> shares = new ArrayList<>();
      for (int level = 0; level < steps.size(); level++) {
        shares.add(
            steps.get(level) + " " + Figures.percent(field.levels().get(level), own.records()));
      }
      table.row(
          List.of(Figures.loss(field.loss()), field.field().toString(), String.join(", ", shares)));
    }
    table.print(lines);
  }

  private void whatIfs() {
    if (profile.whatIfs().isEmpty()) {
      return;
    }
    FileReport own = profile.own().report();
    heading("What one edit would change, " + settings());
    TextColumns table = new TextColumns();
    table.row(List.of("loss of the others", "at once", "suppressed", "edit"));
    for (WhatIf whatIf : profile.whatIfs()) {
      table.row(
          List.of(
              change(Figures.loss(whatIf.othersBefore()), Figures.loss(whatIf.othersAfter())),
              change(atOnce(own), atOnce(whatIf.report())),
              change(suppressed(own), suppressed(whatIf.report())),
              whatIf.field()
                  + (whatIf.change() == WhatIf.Change.LEFT_OUT
                      ? " left out and not published"
                      : " without its finest step")));
    }
    table.print(lines);
  }

  private void risk() {
    heading(
        "Who stands out in the raw sample (distinct people, by raw values of the whole sample)");
    TextColumns table = new TextColumns();
    table.row(List.of("unique", "", "in groups under " + profile.k(), "", "groups", "fields"));
    long people = profile.risk().people();
    int most = section.quasiIdentifiers().size();
    for (int size = 1; size <= most; size++) {
      for (CombinationRisk risk : profile.risk().of(size).stream().limit(TOLD).toList()) {
        table.row(
            List.of(
                Figures.count(risk.unique()),
                Figures.percent(risk.unique(), people),
                Figures.count(risk.underK()),
                Figures.percent(risk.underK(), people),
                Figures.count(risk.groups()),
                size > TOLD ? "all " + size : Figures.fields(risk.fields())));
      }
    }
    table.print(lines);
    lines.add("  " + riskiest());
  }

  /** Of those that one remembers: of up to three fields. */
  private String riskiest() {
    return profile.risk().combinations().stream()
        .filter(risk -> risk.fields().size() <= TOLD && risk.underK() > 0)
        .findFirst()
        .map(
            risk ->
                "Riskiest: "
                    + Figures.fields(risk.fields())
                    + " singles out "
                    + Figures.percent(risk.unique(), profile.risk().people())
                    + " of the people and leaves "
                    + Figures.percent(risk.underK(), profile.risk().people())
                    + " in groups under "
                    + profile.k()
                    + ".")
        .orElse("By up to " + TOLD + " fields nobody is in a group under " + profile.k() + ".");
  }

  private String settings() {
    return "k " + profile.k() + ", delay " + Figures.count(profile.delayRows()) + " rows";
  }

  private static String change(String before, String after) {
    return before + " -> " + after;
  }

  private static String atOnce(FileReport report) {
    return Figures.percent(report.immediate(), report.records());
  }

  private static String suppressed(FileReport report) {
    return Figures.percent(report.suppressed(), report.records());
  }
}
