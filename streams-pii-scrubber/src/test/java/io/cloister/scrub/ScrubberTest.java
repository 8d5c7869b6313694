// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.error.InputException;
import io.cloister.common.keys.KeyedFunction;
import io.cloister.common.keys.Keysets;
import io.cloister.common.path.FieldPath;
import io.cloister.common.record.Decoded;
import io.cloister.common.record.OutputFields;
import io.cloister.common.record.Shape;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScrubberTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-03-14T10:00:00Z");
  private static final KeyedFunction TOKENS = Keysets.inMemory().tokens();
  private static final TopologyConfig CONFIG =
      ScrubConfigs.withScrub("fields: { student: { tokenize: { domain: student } } }");

  private final Scrubber scrubber = scrubber(CONFIG);

  private static Scrubber scrubber(TopologyConfig config) {
    return Scrubber.of(config, TOKENS, InstantSource.fixed(NOW));
  }

  private static Decoded event(String singleQuoted) throws Exception {
    ObjectNode tree = (ObjectNode) JSON.readTree(singleQuoted.replace('\'', '"'));
    return new Decoded(tree, new Shape.SelfDescribing());
  }

  @Test
  void thePersonIsTheTokenOfTheSubject() throws Exception {
    Scrubbed scrubbed = scrubber.scrub(event("{'student':'kim','timestamp':0}"));

    assertThat(scrubbed.person()).isEqualTo(scrubbed.tree().get("student").asText());
  }

  @Test
  void onePersonIsOneHoweverTheNameIsWritten() throws Exception {
    String composed = scrubber.scrub(event("{'student':'Zo\\u00eb','timestamp':0}")).person();
    String decomposed = scrubber.scrub(event("{'student':'Zoe\\u0308','timestamp':0}")).person();
    String number = scrubber.scrub(event("{'student':17,'timestamp':0}")).person();
    String text = scrubber.scrub(event("{'student':'17','timestamp':0}")).person();

    assertThat(decomposed).isEqualTo(composed);
    assertThat(text).isEqualTo(number).isNotEqualTo(composed);
  }

  @Test
  void theEventTimeIsReadAndKeptAsWrittenThoughNotListed() throws Exception {
    Scrubbed scrubbed = scrubber.scrub(event("{'student':'kim','timestamp':1767225600000}"));

    assertThat(scrubbed.time()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(scrubbed.tree().get("timestamp").longValue()).isEqualTo(1767225600000L);
  }

  @Test
  void anEventMayBeDatedAsFarAheadAsTheConfigSaysAndNoFurther() throws Exception {
    assertThat(scrubber.scrub(event("{'student':'kim','timestamp':'2026-03-14T10:05:00Z'}")).time())
        .isEqualTo(NOW.plusSeconds(300));
    assertThatThrownBy(
            () -> scrubber.scrub(event("{'student':'kim','timestamp':'2026-03-14T10:05:00.001Z'}")))
        .hasMessage("TOO_FAR_AHEAD at timestamp");
  }

  @Test
  void theOutputFieldsTellSubjectAndTime() {
    assertThat(scrubber.outputFields())
        .isEqualTo(
            new OutputFields(
                "Scrubbed",
                Map.of(
                    FieldPath.parse("student"), OutputFields.Type.TEXT,
                    FieldPath.parse("timestamp"), OutputFields.Type.SAME),
                false));
  }

  @Test
  void aConfigWithoutScrubIsRefused() {
    TopologyConfig config =
        new TopologyConfig(
            CONFIG.pipeline(),
            CONFIG.kafka(),
            CONFIG.registry(),
            CONFIG.keys(),
            CONFIG.runtime(),
            CONFIG.topics(),
            CONFIG.source(),
            Optional.empty(),
            CONFIG.anonymize(),
            CONFIG.aggregate());

    assertThatThrownBy(() -> scrubber(config))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("scrub");
  }

  @Test
  void noTextFormShowsTheRecord() throws Exception {
    Scrubbed scrubbed = scrubber.scrub(event("{'student':'kim','timestamp':0}"));

    assertThat(scrubbed.toString()).isEqualTo("Scrubbed[...]");
  }
}
