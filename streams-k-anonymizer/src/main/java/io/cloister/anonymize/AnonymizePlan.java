// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize;

import io.cloister.anonymize.engine.EngineSettings;
import io.cloister.anonymize.engine.Epochs;
import io.cloister.anonymize.engine.SecondChance;
import io.cloister.anonymize.engine.SensitiveCondition;
import io.cloister.anonymize.engine.ValueDistance;
import io.cloister.common.config.AnonymizeConfig;
import io.cloister.common.config.SourceConfig;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.config.Treatment;
import io.cloister.common.error.InputException;
import io.cloister.common.hierarchy.Hierarchies;
import io.cloister.common.hierarchy.Hierarchy;
import io.cloister.common.path.FieldPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code anonymize} section made ready: hierarchies loaded, fields in a fixed order, and
 * nothing in it by which a raw quasi-identifier or the exact time could get out.
 *
 * @param config the section
 * @param quasiIdentifiers the fields that are generalized, in the order declared
 * @param diverse the sensitive fields with a condition on the cell, in the order declared
 * @param carried the fields that are released as they are, sensitive ones first, each once
 * @param subject the field that names the person
 * @param time the field that holds the event time
 * @param settings what the engine has to hold to
 * @param rules what stored routes and cells depend on, as text: what decides who is one person and
 *     what a cell is; state kept under other rules is not to be used
 */
public record AnonymizePlan(
    AnonymizeConfig config,
    List<FieldPath> quasiIdentifiers,
    List<FieldPath> diverse,
    List<FieldPath> carried,
    Optional<FieldPath> subject,
    Optional<FieldPath> time,
    EngineSettings settings,
    String rules) {

  /**
   * @param config a pipeline
   * @param base the directory to which file names are relative
   * @return its plan
   * @throws InputException when the section is missing or contradicts itself
   */
  public static AnonymizePlan of(TopologyConfig config, Path base) {
    AnonymizeConfig section =
        config
            .anonymize()
            .orElseThrow(() -> new InputException("the config has no section anonymize"));
    Optional<FieldPath> subject = config.source().flatMap(SourceConfig::subject);
    Optional<FieldPath> time = config.source().flatMap(SourceConfig::time);
    List<FieldPath> quasiIdentifiers = List.copyOf(section.quasiIdentifiers().keySet());
    List<Hierarchy> hierarchies =
        section.quasiIdentifiers().values().stream()
            .map(qi -> Hierarchies.of(qi.hierarchy(), base))
            .toList();
    List<FieldPath> diverse = new ArrayList<>();
    List<List<SensitiveCondition>> conditions = new ArrayList<>();
    section
        .sensitive()
        .forEach(
            (field, declared) -> {
              List<SensitiveCondition> made = SensitiveConditions.of(declared);
              if (!made.isEmpty()) {
                diverse.add(field);
                conditions.add(made);
              }
            });
    Set<FieldPath> carried = new LinkedHashSet<>(section.sensitive().keySet());
    carried.addAll(section.publish());
    check(section, subject, time, carried);
    return new AnonymizePlan(
        section,
        quasiIdentifiers,
        List.copyOf(diverse),
        List.copyOf(carried),
        subject,
        time,
        new EngineSettings(section.k(), hierarchies, conditions),
        rules(config, section, hierarchies));
  }

  /** What stands for a shard field's value where it is not told. */
  public static final String WITHHELD = "*";

  /**
   * @return whether people of small regions move to one where they wait together
   */
  public boolean hasSecondChance() {
    return !config.shardBy().isEmpty()
        && config.smallRegions() == AnonymizeConfig.SmallRegions.SECOND_CHANCE;
  }

  /**
   * @return the shard fields that are released, as text: where a person's region is not that of the
   *     record, or is that of the second chance, {@link #WITHHELD} stands for the value, since k
   *     people of the region do not hide it
   */
  public List<FieldPath> shardsTold() {
    return config.shardBy().stream()
        .filter(shard -> carried.stream().anyMatch(one -> one.covers(shard)))
        .toList();
  }

  /**
   * @param delay how long an event may wait altogether, in ticks
   * @param region the name of that region, which no other has
   * @param here whether the caller decides on it
   * @return that region, if there is one
   * @param <R> what names a region
   */
  public <R> Optional<SecondChance<R>> secondChance(long delay, R region, boolean here) {
    return hasSecondChance()
        ? Optional.of(new SecondChance<>(region, SecondChance.reserveOf(delay), here))
        : Optional.empty();
  }

  private static String rules(
      TopologyConfig config, AnonymizeConfig section, List<Hierarchy> hierarchies) {
    Optional<FieldPath> subject = config.source().flatMap(SourceConfig::subject);
    Optional<Treatment> domain =
        subject
            .flatMap(field -> config.scrub().map(scrub -> scrub.fields().get(field)))
            .filter(Treatment.Tokenize.class::isInstance);
    List<String> quasiIdentifiers = new ArrayList<>();
    section
        .quasiIdentifiers()
        .forEach(
            (field, qi) -> {
              Hierarchy made = hierarchies.get(quasiIdentifiers.size());
              quasiIdentifiers.add(field + " by " + Hierarchies.identity(qi.hierarchy(), made));
            });
    return "k="
        + section.k()
        + " subject="
        + subject
        + " tokens="
        + domain
        + " epoch="
        + section.epoch()
        + (section.epochs() == AnonymizeConfig.Epochs.NESTED ? " nested" : "")
        + " shard-by="
        + section.shardBy()
        + (section.shardBy().isEmpty() ? "" : " small-regions=" + section.smallRegions())
        + " quasi-identifiers="
        + quasiIdentifiers
        + " sensitive="
        + section.sensitive();
  }

  private static void check(
      AnonymizeConfig section,
      Optional<FieldPath> subject,
      Optional<FieldPath> time,
      Set<FieldPath> carried) {
    section.quasiIdentifiers().keySet().forEach(field -> single(field, "quasi-identifiers"));
    section.sensitive().keySet().forEach(field -> single(field, "sensitive"));
    section.shardBy().forEach(field -> single(field, "shard-by"));
    for (FieldPath field : carried) {
      for (FieldPath qi : section.quasiIdentifiers().keySet()) {
        if (overlap(field, qi)) {
          throw new InputException(
              "anonymize: "
                  + field
                  + " is to be released as it is, yet "
                  + qi
                  + " is a quasi-identifier: name each field once");
        }
      }
      if (time.filter(at -> overlap(field, at)).isPresent()) {
        throw new InputException(
            "anonymize: " + field + " holds the event time, which is released truncated alone");
      }
      if (subject.filter(who -> field.covers(who) && !field.equals(who)).isPresent()) {
        throw new InputException(
            "anonymize: " + field + " holds the subject: list the fields beside it instead");
      }
    }
    for (FieldPath qi : section.quasiIdentifiers().keySet()) {
      if (time.filter(at -> overlap(qi, at)).isPresent()) {
        throw new InputException(
            "anonymize: "
                + qi
                + " is the event time, which is released truncated: it can be no"
                + " quasi-identifier");
      }
    }
    List<FieldPath> all = List.copyOf(section.quasiIdentifiers().keySet());
    for (FieldPath one : all) {
      for (FieldPath other : all) {
        if (!one.equals(other) && one.covers(other)) {
          throw new InputException(
              "anonymize.quasi-identifiers: " + one + " holds " + other + ": list one of them");
        }
      }
    }
  }

  private static boolean overlap(FieldPath one, FieldPath other) {
    return one.covers(other) || other.covers(one);
  }

  private static void single(FieldPath field, String where) {
    if (field.hasWildcard()) {
      throw new InputException(
          "anonymize." + where + ": " + field + " leads to several values; one is needed");
    }
  }

  /**
   * @return how far values of each sensitive field are from each other, in the order declared
   */
  public List<ValueDistance> distances() {
    return config.sensitive().values().stream().map(SensitiveConditions::distance).toList();
  }

  /**
   * @return the epochs of event time
   */
  public Epochs epochs() {
    return new Epochs(config.epoch(), config.grace());
  }

  /**
   * @return whether a person's classes of one epoch bind the next
   */
  public boolean nested() {
    return config.epochs() == AnonymizeConfig.Epochs.NESTED;
  }

  /**
   * A person's region is visible, as the partition, and is part of the person's class: where
   * classes of one epoch bind the next, so does the region.
   *
   * @param epoch an epoch
   * @return the epoch for which a person's region is fixed: this one, or one that never ends
   */
  public long regionEpoch(long epoch) {
    return nested() ? Long.MAX_VALUE : epoch;
  }
}
