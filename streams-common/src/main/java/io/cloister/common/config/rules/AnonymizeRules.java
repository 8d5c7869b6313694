// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.rules;

import static io.cloister.common.config.bind.Places.below;

import io.cloister.common.config.AnonymizeConfig;
import io.cloister.common.config.SourceConfig;
import io.cloister.common.config.TopicsConfig;
import io.cloister.common.config.Treatment;
import io.cloister.common.path.FieldPath;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the anonymized stream must keep to. */
final class AnonymizeRules {
  private static final List<String> ROOT = List.of("anonymize");
  private static final Duration DAY = Duration.ofDays(1);

  /** Less than what lies between router and engine, and a record is decided on late, or alone. */
  private static final Duration LEAST_DELAY = Duration.ofMillis(200);

  /** Half of it has to hold the way to another task, which readers see after a commit. */
  private static final Duration LEAST_DELAY_OF_TWO_TASKS = Duration.ofSeconds(1);

  private final AnonymizeConfig config;
  private final Draft draft;
  private final Report report;
  private final FieldFates fates;

  private AnonymizeRules(AnonymizeConfig config, Draft draft, Report report) {
    this.config = config;
    this.draft = draft;
    this.report = report;
    this.fates = new FieldFates(draft, report);
  }

  static void check(AnonymizeConfig config, Draft draft, Report report) {
    AnonymizeRules rules = new AnonymizeRules(config, draft, report);
    rules.times();
    rules.roles();
    rules.quasiIdentifiers();
    rules.released();
    rules.regions();
  }

  private void times() {
    Duration epoch = config.epoch();
    boolean aligned =
        epoch.compareTo(DAY) >= 0
            ? epoch.toMillis() % DAY.toMillis() == 0
            : DAY.toMillis() % epoch.toMillis() == 0;
    if (!aligned) {
      report.error(
          below(ROOT, "epoch"),
          epoch.toString(),
          "whole days, or a length that parts a day evenly");
    }
    if (config.maxDelay().compareTo(LEAST_DELAY) < 0) {
      report.error(
          below(ROOT, "max-delay"), config.maxDelay().toString(), "at least " + LEAST_DELAY);
    }
    Duration truncate = config.time().truncate();
    List<String> path = below(ROOT, "time", "truncate");
    if (truncate.compareTo(Duration.ofSeconds(1)) < 0) {
      report.error(path, truncate.toString(), "at least PT1S");
    } else if (aligned
        && report.sound(below(ROOT, "epoch"))
        && epoch.toMillis() % truncate.toMillis() != 0) {
      report.error(path, truncate.toString(), "a length that parts the epoch " + epoch + " evenly");
    }
  }

  /** No field has two roles, nor is it inside one that has another. */
  private void roles() {
    List<Role> roles = new ArrayList<>();
    config
        .quasiIdentifiers()
        .keySet()
        .forEach(field -> add(roles, field, below(ROOT, "quasi-identifiers", field.toString())));
    config
        .sensitive()
        .keySet()
        .forEach(field -> add(roles, field, below(ROOT, "sensitive", field.toString())));
    for (int i = 0; i < config.publish().size(); i++) {
      add(roles, config.publish().get(i), below(ROOT, "publish", "[" + i + "]"));
    }
  }

  private void add(List<Role> roles, FieldPath field, List<String> path) {
    for (Role before : roles) {
      if (before.field.covers(field) || field.covers(before.field)) {
        report.error(
            path,
            field + ", which meets " + before.field + " under " + before.path.get(1),
            "a field of its own: what is released twice undoes its generalization");
      }
    }
    roles.add(new Role(field, path));
  }

  private record Role(FieldPath field, List<String> path) {}

  private void quasiIdentifiers() {
    if (config.quasiIdentifiers().isEmpty() && !anyUnder("quasi-identifiers")) {
      report.error(below(ROOT, "quasi-identifiers"), "none", "at least one field");
    }
    config
        .quasiIdentifiers()
        .forEach(
            (field, identifier) -> {
              List<String> path = below(ROOT, "quasi-identifiers", field.toString());
              fates.mustSurvive(field, path);
              fates.mustBeHarmless(field, path, draft.purpose());
              if (fates.treatment(field).filter(Treatment.Tokenize.class::isInstance).isPresent()) {
                report.error(
                    path,
                    field + ", which scrub tokenizes",
                    "a field that has a hierarchy: tokens have none");
              }
              HierarchyRules.check(
                  identifier.hierarchy(), below(path, "hierarchy"), draft.directory(), report);
            });
  }

  /** A quasi-identifier that could not be bound was left out, yet one is there. */
  private boolean anyUnder(String key) {
    return report.hasBelow(below(ROOT, key));
  }

  private void released() {
    config
        .sensitive()
        .keySet()
        .forEach(
            field -> {
              List<String> path = below(ROOT, "sensitive", field.toString());
              fates.mustSurvive(field, path);
              fates.mustBeHarmless(field, path, draft.purpose());
              time(field, path);
            });
    config.sensitive().forEach(this::conditions);
    for (int i = 0; i < config.publish().size(); i++) {
      FieldPath field = config.publish().get(i);
      List<String> path = below(ROOT, "publish", "[" + i + "]");
      fates.mustSurvive(field, path);
      fates.mustBeHarmless(field, path, draft.purpose());
      time(field, path);
    }
  }

  private void conditions(FieldPath field, AnonymizeConfig.Sensitive sensitive) {
    List<String> path = below(ROOT, "sensitive", field.toString());
    sensitive
        .entropyLDiversity()
        .filter(l -> l.compareTo(BigDecimal.ONE) <= 0)
        .ifPresent(l -> report.error(below(path, "entropy-l-diversity"), l.toString(), "above 1"));
    sensitive.tCloseness().ifPresent(close -> closeness(close, below(path, "t-closeness")));
  }

  private void closeness(AnonymizeConfig.TCloseness close, List<String> path) {
    if (close.t().compareTo(BigDecimal.ONE) >= 0) {
      report.error(below(path, "t"), close.t().toString(), "below 1: the furthest there is");
    }
    if (close.order().isEmpty()) {
      return;
    }
    if (close.distance() == AnonymizeConfig.Distance.EQUAL) {
      report.error(
          below(path, "order"), "an order of values", "distance: ordered beside it, or no order");
    }
    if (Set.copyOf(close.order()).size() < Math.max(2, close.order().size())) {
      report.error(
          below(path, "order"), close.order().size() + " values", "two or more, each once");
    }
  }

  private void time(FieldPath field, List<String> path) {
    Optional<FieldPath> time = draft.source().flatMap(SourceConfig::time);
    if (time.filter(at -> at.covers(field) || field.covers(at)).isPresent()) {
      report.error(
          path, field + ", the exact event time", "other fields: the time is released truncated");
    }
  }

  private void regions() {
    Set<FieldPath> published = new HashSet<>(config.publish());
    for (int i = 0; i < config.shardBy().size(); i++) {
      FieldPath field = config.shardBy().get(i);
      if (!published.contains(field)) {
        report.error(
            below(ROOT, "shard-by", "[" + i + "]"),
            field + ", which is not under publish",
            "fields under publish: the partition tells the region, and so the value");
      }
    }
    int regions = draft.topics().map(TopicsConfig::regions).orElse(1);
    if (regions > 1 && config.shardBy().isEmpty() && !anyUnder("shard-by")) {
      report.error(
          List.of("topics", "regions"),
          regions + " without shard-by",
          "1 without anonymize.shard-by");
    }
    if (regions > 1
        && !config.shardBy().isEmpty()
        && config.smallRegions() == AnonymizeConfig.SmallRegions.SECOND_CHANCE
        && config.maxDelay().compareTo(LEAST_DELAY_OF_TWO_TASKS) < 0) {
      report.error(
          below(ROOT, "max-delay"),
          config.maxDelay() + ", of which half is for the second chance",
          "at least " + LEAST_DELAY_OF_TWO_TASKS + ", or small-regions: suppress");
    }
  }
}
