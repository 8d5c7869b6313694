// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The committed pages pin every key, default and limit of the config. */
class ConfigDocsTest {
  private static final Path DOCS = Path.of("../docs");

  @ParameterizedTest
  @ValueSource(strings = {"config.md", "topology-config.schema.json"})
  void theCommittedPageIsWhatTheModelSays(String page) throws IOException {
    assertThat(Files.readString(DOCS.resolve(page)))
        .as("docs/%s differs from the config model: run ./cloister docs", page)
        .isEqualTo(ConfigDocs.pages().get(page));
  }

  @Test
  void theSchemaAcceptsTheDocumentedExample() throws IOException {
    assertThat(schema().validate(json(example()), InputFormat.JSON)).isEmpty();
  }

  @Test
  void theSchemaIsASchemaOfItsDraft() throws IOException {
    JsonSchema meta =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(URI.create("https://json-schema.org/draft/2020-12/schema"));
    String text = ConfigDocs.pages().getOrDefault("topology-config.schema.json", "");

    assertThat(meta.validate(text, InputFormat.JSON)).isEmpty();
    JsonNode tree = new ObjectMapper().readTree(text);
    assertThat(tree.at("/properties/anonymize/properties/k/minimum").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "k: 10|k: 1",
        "k: 10|k: ten",
        "k: 10|kay: 10",
        "unlisted: drop|unlisted: dorp",
        "actor.name: redact|actor.name: redakt",
        "actor.name: redact|actor.name: tokenize",
        "max-delay: PT2S|max-delay: 2 seconds",
        "noise: laplace|noise: gaussian",
        "epochs: independent|epochs: linked"
      })
  void theSchemaRefusesWhatTheBinderRefuses(String from, String to) throws IOException {
    String changed = example().replace(from, to);
    assertThat(changed).isNotEqualTo(example());

    assertThat(schema().validate(json(changed), InputFormat.JSON)).isNotEmpty();
    assertThat(ConfigReader.read("x", changed, Purpose.CHECK).config()).isEmpty();
  }

  private static JsonSchema schema() {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(ConfigDocs.pages().get("topology-config.schema.json"));
  }

  private static String example() throws IOException {
    return Files.readString(DOCS.resolve("examples/topology.yaml"));
  }

  private static String json(String yaml) throws IOException {
    Map<String, Object> tree = new Yaml().load(yaml);
    return new ObjectMapper().writeValueAsString(tree);
  }
}
