// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.common.config.ScrubConfig;
import io.cloister.common.config.SourceConfig;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.config.Treatment;
import io.cloister.common.error.InputException;
import io.cloister.common.keys.KeyedFunction;
import io.cloister.common.path.FieldPath;
import io.cloister.common.record.CanonicalText;
import io.cloister.common.record.Decoded;
import io.cloister.common.record.FailureKind;
import io.cloister.common.record.OutputFields;
import io.cloister.common.record.Scalars;
import io.cloister.common.record.UntreatableRecordException;
import io.cloister.scrub.token.Tokenizer;
import io.cloister.scrub.treat.FieldPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Treats one record: tells whose it is by a pseudonym and when it happened, and passes on what the
 * config lets through. Fails closed: a record that cannot be treated as declared is not treated at
 * all. Safe for use by several threads.
 */
public final class Scrubber {
  /** The tokens' domain of a subject that the config does not tokenize by itself. */
  static final String PERSON_DOMAIN = "person";

  private final FieldPath subject;
  private final FieldPath time;
  private final Duration maxAhead;
  private final String domain;
  private final FieldPolicy policy;
  private final Tokenizer tokenizer;
  private final InstantSource clock;
  private final OutputFields outputFields;

  /**
   * @param source where subject and time are
   * @param scrub the treatments
   * @param tokens the secret function behind pseudonyms
   * @param clock against which events dated ahead are refused
   * @throws InputException when subject or time is missing, or the treatments contradict each other
   */
  public Scrubber(
      SourceConfig source, ScrubConfig scrub, KeyedFunction tokens, InstantSource clock) {
    this.subject = required(source.subject(), "source.subject");
    this.time = required(source.time(), "source.time");
    this.maxAhead = source.maxAhead();
    this.tokenizer = new Tokenizer(tokens);
    this.policy = new FieldPolicy(scrub, List.of(time), tokenizer);
    this.clock = clock;
    this.domain =
        scrub.fields().get(subject) instanceof Treatment.Tokenize tokenize
            ? tokenize.domain()
            : PERSON_DOMAIN;
    this.outputFields =
        new OutputFields(
            "Scrubbed", policy.outputTypes(), scrub.unlisted() != ScrubConfig.Unlisted.DROP);
  }

  /**
   * @param config a pipeline with {@code source} and {@code scrub}
   * @param tokens the secret function behind pseudonyms
   * @param clock against which events dated ahead are refused
   * @return its scrubber
   * @throws InputException when a section is missing or its treatments contradict each other
   */
  public static Scrubber of(TopologyConfig config, KeyedFunction tokens, InstantSource clock) {
    return new Scrubber(
        section(config.source(), "source"), section(config.scrub(), "scrub"), tokens, clock);
  }

  private static <T> T section(Optional<T> section, String name) {
    return section.orElseThrow(
        () -> new InputException(name + ": missing, and the scrubber needs this section"));
  }

  private static FieldPath required(Optional<FieldPath> path, String name) {
    FieldPath found =
        path.orElseThrow(() -> new InputException(name + ": missing, and the scrubber needs it"));
    if (found.hasWildcard()) {
      throw new InputException(name + ": must lead to one value, so it may not hold [*]");
    }
    return found;
  }

  /**
   * @param event a raw record; afterwards not to be used any more
   * @return the treated record
   * @throws UntreatableRecordException naming kind and field, never a value
   */
  public Scrubbed scrub(Decoded event) throws UntreatableRecordException {
    ObjectNode raw = event.tree();
    String person = person(raw);
    Instant at = time(raw);
    return new Scrubbed(person, at, policy.apply(raw));
  }

  private String person(ObjectNode raw) throws UntreatableRecordException {
    JsonNode value =
        subject
            .find(raw)
            .orElseThrow(
                () -> new UntreatableRecordException(FailureKind.MISSING_SUBJECT, subject));
    if (!value.isTextual() && !value.isNumber()) {
      throw new UntreatableRecordException(FailureKind.WRONG_TYPE, subject);
    }
    String name =
        CanonicalText.of(value)
            .orElseThrow(
                () -> new UntreatableRecordException(FailureKind.UNREADABLE_VALUE, subject));
    if (name.isBlank()) {
      // All that have no name would otherwise be one person.
      throw new UntreatableRecordException(FailureKind.MISSING_SUBJECT, subject);
    }
    return tokenizer.token(domain, name);
  }

  private Instant time(ObjectNode raw) throws UntreatableRecordException {
    JsonNode value =
        time.find(raw)
            .orElseThrow(() -> new UntreatableRecordException(FailureKind.MISSING_TIME, time));
    Instant at =
        Scalars.instant(value)
            .orElseThrow(() -> new UntreatableRecordException(FailureKind.UNREADABLE_TIME, time));
    if (at.isAfter(clock.instant().plus(maxAhead))) {
      throw new UntreatableRecordException(FailureKind.TOO_FAR_AHEAD, time);
    }
    return at;
  }

  /**
   * @return what goes out, for deriving the schema of scrubbed records
   */
  public OutputFields outputFields() {
    return outputFields;
  }
}
