// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.rules;

import static io.cloister.common.config.bind.Places.below;

import io.cloister.common.config.AggregateConfig;
import io.cloister.common.config.AnonymizeConfig;
import io.cloister.common.config.MeasureConfig;
import io.cloister.common.config.QueryConfig;
import io.cloister.common.config.SourceConfig;
import io.cloister.common.path.FieldPath;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a query must keep to. */
final class AggregateRules {
  private static final List<String> ROOT = List.of("aggregate");
  private static final BigDecimal LARGEST = new BigDecimal("1e15");

  private final Draft draft;
  private final Report report;
  private final FieldFates fates;

  private AggregateRules(Draft draft, Report report) {
    this.draft = draft;
    this.report = report;
    this.fates = new FieldFates(draft, report);
  }

  static void check(AggregateConfig config, Draft draft, Report report) {
    for (String section : List.of("consumers", "queries")) {
      if (!report.hasBelow(below(ROOT, section))) {
        report.error(below(ROOT, section), "none", "at least one");
      }
    }
    AggregateRules rules = new AggregateRules(draft, report);
    config.queries().forEach((name, query) -> rules.query(query, below(ROOT, "queries", name)));
    rules.clocks(config);
    BudgetRules.check(config, report);
  }

  /**
   * Queries share one budget, so a window that somebody's event closes would decide over refusals
   * of those that the wall clock closes.
   */
  private void clocks(AggregateConfig config) {
    Optional<QueryConfig.Clock> first =
        config.queries().values().stream().map(query -> query.window().clock()).findFirst();
    config
        .queries()
        .forEach(
            (name, query) -> {
              if (query.window().clock() != first.orElseThrow()) {
                report.error(
                    below(ROOT, "queries", name, "window", "clock"),
                    lower(query.window().clock()) + " beside " + lower(first.get()),
                    "one clock for all queries, since they share a budget");
              }
            });
  }

  private static String lower(QueryConfig.Clock clock) {
    return clock.name().toLowerCase(Locale.ROOT);
  }

  private void query(QueryConfig query, List<String> path) {
    groupBy(query, path);
    groups(query, path);
    if (query.measure() instanceof MeasureConfig.Sum sum) {
      sum(sum, below(path, "measure", "sum"));
    } else if (query.measure() instanceof MeasureConfig.CountPeople
        && query.bounds().contributionsPerGroup() != 1) {
      report.error(
          below(path, "bounds", "contributions-per-group"),
          String.valueOf(query.bounds().contributionsPerGroup()),
          "1 for count-people: a person counts once in a group");
    }
  }

  private void groupBy(QueryConfig query, List<String> path) {
    Optional<FieldPath> subject = draft.source().flatMap(SourceConfig::subject);
    Set<FieldPath> seen = new HashSet<>();
    for (int i = 0; i < query.groupBy().size(); i++) {
      QueryConfig.GroupKey key = query.groupBy().get(i);
      List<String> at = below(path, "group-by", "[" + i + "]");
      fates.mustSurvive(key.field(), at);
      if (subject.filter(person -> person.covers(key.field())).isPresent()) {
        report.error(at, key.field() + ", which names the person", "a field that people share");
      }
      if (!seen.add(key.field())) {
        report.error(at, key.field() + " again", "each field once");
      }
      key.level().ifPresent(level -> level(key.field(), level, at));
    }
  }

  private void level(FieldPath field, int level, List<String> path) {
    Map<FieldPath, AnonymizeConfig.QuasiIdentifier> known =
        draft.anonymize().map(AnonymizeConfig::quasiIdentifiers).orElse(Map.of());
    AnonymizeConfig.QuasiIdentifier identifier = known.get(field);
    if (identifier == null) {
      List<String> missing = List.of("anonymize", "quasi-identifiers", field.toString());
      if (!report.has(missing)) {
        report.error(
            below(path, "level"),
            "a level of " + field + ", which has no hierarchy",
            "fields under anonymize.quasi-identifiers, or no level");
      }
      return;
    }
    HierarchyRules.levels(identifier.hierarchy(), draft.directory())
        .ifPresent(
            levels -> {
              if (level >= levels) {
                report.error(
                    below(path, "level"),
                    String.valueOf(level),
                    "0 to " + (levels - 1) + ", the levels of " + field);
              }
            });
  }

  private void groups(QueryConfig query, List<String> path) {
    List<String> declared = below(path, "groups", "declared");
    int fields = query.groupBy().size();
    if (!report.sound(below(path, "group-by"))) {
      return;
    }
    if (fields == 0 && report.hasBelow(declared)) {
      report.error(declared, "groups without group-by", "none, or fields under group-by");
      return;
    }
    if (fields > 0 && !report.hasBelow(declared)) {
      report.error(declared, "no groups", "each group that is released, such as [math-1, math-2]");
    }
    Set<List<String>> seen = new HashSet<>();
    for (int i = 0; i < query.groups().declared().size(); i++) {
      List<String> values = query.groups().declared().get(i).values();
      List<String> at = below(declared, "[" + i + "]");
      if (values.size() != fields && !report.brokenBelow(below(path, "group-by"))) {
        report.error(at, values.size() + " values", fields + ", one for each field of group-by");
      } else if (!seen.add(values)) {
        report.error(at, "the group " + String.join(", ", values) + " again", "each group once");
      }
    }
  }

  private void sum(MeasureConfig.Sum sum, List<String> path) {
    fates.mustSurvive(sum.field(), below(path, "field"));
    List<String> at = below(path, "clamp");
    if (sum.clamp().size() != 2) {
      report.error(at, sum.clamp().size() + " numbers", "two: the lowest and the highest");
      return;
    }
    BigDecimal low = sum.clamp().get(0);
    BigDecimal high = sum.clamp().get(1);
    if (low.compareTo(high) > 0) {
      report.error(at, low + " above " + high, "the lowest first, then the highest");
    } else if (low.signum() == 0 && high.signum() == 0) {
      report.error(at, "nothing but 0", "a range in which values differ");
    }
    for (BigDecimal clamp : sum.clamp()) {
      if (clamp.stripTrailingZeros().scale() > sum.scale()) {
        report.error(
            at, clamp.toPlainString(), "at most " + sum.scale() + " decimal places, as scale says");
      } else if (clamp.abs().movePointRight(sum.scale()).compareTo(LARGEST) > 0) {
        report.error(at, clamp.toString(), "at most 15 digits with the decimal places");
      }
    }
  }
}
