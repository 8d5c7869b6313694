// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.plan;

import io.cloister.aggregate.ledger.Epsilon;
import io.cloister.aggregate.window.TumblingWindows;
import io.cloister.common.config.AggregateConfig;
import io.cloister.common.config.AnonymizeConfig;
import io.cloister.common.config.AnonymizeConfig.QuasiIdentifier;
import io.cloister.common.config.HierarchyConfig;
import io.cloister.common.config.MeasureConfig;
import io.cloister.common.config.QueryConfig;
import io.cloister.common.error.InputException;
import io.cloister.common.hierarchy.Hierarchies;
import io.cloister.common.hierarchy.Hierarchy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns queries of the config into plans. */
final class QueryCompiler {
  private static final byte[] NONE = {};

  private final Optional<AnonymizeConfig> anonymize;
  private final Path base;

  /** Below the smallest bound on messages that a pipeline can have. */
  static final int MAX_STATE_BYTES = 100_000;

  QueryCompiler(Optional<AnonymizeConfig> anonymize, Path base) {
    this.anonymize = anonymize;
    this.base = base;
  }

  List<QueryPlan> compile(AggregateConfig config) {
    List<QueryPlan> plans = new ArrayList<>();
    config.queries().forEach((name, query) -> plans.add(compile(plans.size(), name, query)));
    requireSmallState(plans);
    return plans;
  }

  /** What a person contributes is one entry of state a window, which must fit into a message. */
  private static void requireSmallState(List<QueryPlan> plans) {
    Map<Long, Long> byLength = new HashMap<>();
    for (QueryPlan plan : plans) {
      long groups = Math.min(plan.groupsPerPerson(), plan.groups().size());
      long bytes = QueryDigest.BYTES + 4 + 8 * groups;
      if (byLength.merge(plan.windows().sizeMillis(), bytes, Long::sum) > MAX_STATE_BYTES) {
        throw new InputException(
            "query "
                + plan.name()
                + ": with it, the queries whose windows are as long keep over "
                + MAX_STATE_BYTES
                + " bytes of state a person: lower groups-per-person, or have fewer such queries");
      }
    }
  }

  private QueryPlan compile(int index, String name, QueryConfig query) {
    List<GroupKeys.Part> parts = query.groupBy().stream().map(key -> part(name, key)).toList();
    List<List<String>> declared =
        query.groups().declared().stream().map(QueryConfig.GroupValues::values).toList();
    if (!parts.isEmpty() && declared.isEmpty()) {
      throw new InputException("query " + name + ": group-by needs declared groups");
    }
    if (!parts.isEmpty() && declared.stream().anyMatch(group -> group.size() != parts.size())) {
      throw new InputException("query " + name + ": a group has one value for each of group-by");
    }
    if (query.measure() instanceof MeasureConfig.Sum sum) {
      requireClamp(name, sum);
    }
    return new QueryPlan(
        index,
        name,
        digest(name, query),
        Measure.of(query.measure()),
        new GroupKeys(parts, declared),
        TumblingWindows.of(query.window().tumbling(), query.window().grace()),
        query.window().clock(),
        query.bounds().groupsPerPerson(),
        query.bounds().contributionsPerGroup(),
        offers(query));
  }

  private static void requireClamp(String name, MeasureConfig.Sum sum) {
    if (sum.clamp().size() != 2 || sum.clamp().get(0).compareTo(sum.clamp().get(1)) > 0) {
      throw new InputException("query " + name + ": clamp is [lowest, highest]");
    }
    if (sum.field().hasWildcard()) {
      throw new InputException("query " + name + ": the field of a sum leads to one value");
    }
  }

  private GroupKeys.Part part(String name, QueryConfig.GroupKey key) {
    if (key.field().hasWildcard()) {
      throw new InputException("query " + name + ": a field of group-by leads to one value");
    }
    return new GroupKeys.Part(key.field(), key.level().map(level -> level(name, key, level)));
  }

  private GroupKeys.Level level(String name, QueryConfig.GroupKey key, int level) {
    Hierarchy hierarchy =
        quasiIdentifier(key)
            .map(found -> Hierarchies.of(found.hierarchy(), base))
            .orElseThrow(
                () ->
                    new InputException(
                        "query " + name + ": a level needs a field of quasi-identifiers"));
    if (level < 0 || level >= hierarchy.levels()) {
      throw new InputException(
          "query " + name + ": level is 0 to " + (hierarchy.levels() - 1) + ", not " + level);
    }
    return new GroupKeys.Level(hierarchy, level);
  }

  private Optional<QuasiIdentifier> quasiIdentifier(QueryConfig.GroupKey key) {
    return anonymize.flatMap(
        section -> Optional.ofNullable(section.quasiIdentifiers().get(key.field())));
  }

  /** Everything that decides what a figure means; who receives it at what epsilon is apart. */
  private QueryDigest digest(String name, QueryConfig query) {
    Identity identity = new Identity().add("cloister.query.v1").add(name);
    if (query.measure() instanceof MeasureConfig.Sum sum) {
      identity.add("sum").add(sum.field().toString()).add(sum.scale());
      sum.clamp().forEach(clamp -> identity.add(clamp.stripTrailingZeros().toPlainString()));
    } else {
      identity.add(query.measure() instanceof MeasureConfig.Count ? "count" : "count-people");
    }
    identity.add(query.groupBy().size());
    for (QueryConfig.GroupKey key : query.groupBy()) {
      identity.add(key.field().toString()).add(key.level().orElse(-1));
      boolean generalized = key.level().isPresent();
      identity.add(generalized ? quasiIdentifier(key).map(this::content).orElse(NONE) : NONE);
    }
    identity.add(query.groups().declared().size());
    for (QueryConfig.GroupValues group : query.groups().declared()) {
      identity.add(group.values().size());
      group.values().forEach(identity::add);
    }
    identity
        .add(query.window().tumbling().toMillis())
        .add(query.window().grace().toMillis())
        .add(query.window().clock().name())
        .add(query.bounds().groupsPerPerson())
        .add(query.bounds().contributionsPerGroup());
    return QueryDigest.of(identity);
  }

  /** A file counts by what it holds, not by its name: other chains put people in other groups. */
  private byte[] content(QuasiIdentifier found) {
    if (found.hierarchy() instanceof HierarchyConfig.File file) {
      Path path = base.resolve(file.path());
      try {
        return new Identity().add("file").add(Files.readAllBytes(path)).toBytes();
      } catch (IOException e) {
        throw new InputException("hierarchy file " + path.getFileName() + ": cannot be read");
      }
    }
    return new Identity().add("computed").add(found.hierarchy().toString()).toBytes();
  }

  private static List<QueryPlan.Offer> offers(QueryConfig query) {
    Map<Epsilon, List<String>> byEpsilon = new LinkedHashMap<>();
    query
        .consumers()
        .forEach(
            (consumer, share) ->
                byEpsilon
                    .computeIfAbsent(Epsilon.of(share.epsilon()), unused -> new ArrayList<>())
                    .add(consumer));
    return byEpsilon.entrySet().stream()
        .map(entry -> new QueryPlan.Offer(entry.getKey(), List.copyOf(entry.getValue())))
        .toList();
  }
}
