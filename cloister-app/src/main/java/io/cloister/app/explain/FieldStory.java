// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.explain;

import io.cloister.common.config.AggregateConfig;
import io.cloister.common.config.AnonymizeConfig;
import io.cloister.common.config.MeasureConfig;
import io.cloister.common.config.QueryConfig;
import io.cloister.common.config.ScrubConfig;
import io.cloister.common.config.SourceConfig;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.path.FieldPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What happens to one field on its way through the stages, and why. */
final class FieldStory {
  private final TopologyConfig config;
  private final Chains chains;

  FieldStory(TopologyConfig config, Chains chains) {
    this.config = config;
    this.chains = chains;
  }

  /** Every field that the config names, in its order. */
  Set<FieldPath> fields() {
    Set<FieldPath> fields = new LinkedHashSet<>();
    config.source().flatMap(SourceConfig::subject).ifPresent(fields::add);
    config.source().flatMap(SourceConfig::time).ifPresent(fields::add);
    config.scrub().ifPresent(scrub -> fields.addAll(scrub.fields().keySet()));
    config
        .anonymize()
        .ifPresent(
            anonymize -> {
              fields.addAll(anonymize.quasiIdentifiers().keySet());
              fields.addAll(anonymize.sensitive().keySet());
              fields.addAll(anonymize.publish());
            });
    config
        .aggregate()
        .map(AggregateConfig::queries)
        .orElse(Map.of())
        .values()
        .forEach(query -> fields.addAll(used(query)));
    return fields;
  }

  void tell(FieldPath field, Page page) {
    page.say(2, field.toString());
    if (is(field, SourceConfig::subject)) {
      page.say(4, "Names the person: everything is counted and hidden by person.");
    }
    if (is(field, SourceConfig::time)) {
      page.say(4, "The event time. " + time());
    } else {
      config.scrub().ifPresent(scrub -> page.say(4, "The scrubber " + scrubbed(field, scrub)));
    }
    config.anonymize().ifPresent(anonymize -> anonymized(field, anonymize, page));
    config
        .aggregate()
        .map(AggregateConfig::queries)
        .orElse(Map.of())
        .forEach(
            (name, query) -> {
              if (used(query).contains(field)) {
                page.say(4, "Counted in the query " + name + ", where only noisy figures leave.");
              }
            });
  }

  private boolean is(FieldPath field, Function<SourceConfig, Optional<FieldPath>> of) {
    return config.source().flatMap(of).filter(field::equals).isPresent();
  }

  private String time() {
    return config
        .anonymize()
        .map(
            anonymize ->
                "The scrubber keeps it; analysts get it cut down to a multiple of "
                    + Words.duration(anonymize.time().truncate())
                    + ".")
        .orElse("The scrubber keeps it.");
  }

  private static String scrubbed(FieldPath field, ScrubConfig scrub) {
    return scrub.fields().entrySet().stream()
        .filter(entry -> entry.getKey().covers(field))
        .findFirst()
        .map(entry -> Words.treatment(entry.getValue()))
        .orElseGet(() -> unlisted(scrub.unlisted()));
  }

  static String unlisted(ScrubConfig.Unlisted policy) {
    return switch (policy) {
      case DROP -> "drops it, as it does every field that is not listed.";
      case SCAN ->
          "searches it for personal data if it is text, and keeps it else, as it does every field"
              + " that is not listed.";
      case KEEP -> "keeps it as it is, as it does every field that is not listed.";
    };
  }

  private void anonymized(FieldPath field, AnonymizeConfig config, Page page) {
    AnonymizeConfig.QuasiIdentifier identifier = config.quasiIdentifiers().get(field);
    AnonymizeConfig.Sensitive sensitive = config.sensitive().get(field);
    if (identifier != null) {
      page.say(
          4,
          "Analysts get it generalized, since with other fields it could single a person out: "
              + chains.example(identifier.hierarchy())
              + ".");
    } else if (sensitive != null) {
      page.say(
          4,
          "Analysts get it as it is then"
              + (sensitive.isConditional()
                  ? ", but only in a group of people that has, each person counted for one value, "
                      + Words.conditions(sensitive)
                      + ": when the group opens, and after whoever joins it."
                  : "; nothing is asked of the values of a group of people."));
    } else if (config.publish().contains(field)) {
      String shard = config.shardBy().contains(field) ? shard(config) : "";
      page.say(4, "Analysts get it as it is then, because publish lists it." + shard);
    } else if (!is(field, SourceConfig::time)) {
      page.say(4, "Analysts of the anonymized stream do not get it.");
    }
  }

  private static String shard(AnonymizeConfig config) {
    String parts =
        " It parts the stream into regions. Records that are not of their person's region show *"
            + " instead";
    return config.smallRegions() == AnonymizeConfig.SmallRegions.SECOND_CHANCE
        ? parts + ", as do those of people whose region has too few like them."
        : parts + ".";
  }

  private static List<FieldPath> used(QueryConfig query) {
    List<FieldPath> used =
        new ArrayList<>(query.groupBy().stream().map(QueryConfig.GroupKey::field).toList());
    if (query.measure() instanceof MeasureConfig.Sum sum) {
      used.add(sum.field());
    }
    return used;
  }
}
