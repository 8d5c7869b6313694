// SPDX-License-Identifier: Apache-2.0
package io.cloister.it.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.app.embedded.EmbeddedBroker;
import io.cloister.app.embedded.EmbeddedRegistry;
import io.cloister.common.config.RegistryConfig;
import io.cloister.common.path.FieldPath;
import io.cloister.common.record.AvroFormat;
import io.cloister.common.record.JsonFormat;
import io.cloister.common.record.OutputFields;
import io.cloister.common.record.RecordFormat;
import io.cloister.common.record.Shape;
import io.cloister.common.registry.ConfluentRegistryClient;
import io.cloister.schemas.Schemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we write, others read; what others write, we read. */
class ForeignClientsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start(@TempDir Path dir) {
    ForeignClients.skipWhereMissing();
    broker = EmbeddedBroker.start(dir.resolve("broker"));
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void kcatReadsOurJson() throws Exception {
    JsonFormat format = new JsonFormat(10_000);
    String json = "{\"id\":\"Zoë 😀\",\"score\":12345678901234567890.10,\"none\":null}";
    byte[] record =
        format.encode(
            "json", format.decode(json.getBytes(UTF_8)).tree(), new Shape.SelfDescribing());
    produce("json", List.of(record, record));

    byte[] read = ForeignClients.kcat(broker.bootstrapServers(), "json", "%s\n");

    assertThat(new String(read, UTF_8)).isEqualTo(json + "\n" + json + "\n");
  }

  @Test
  void anotherRegistryClientReadsOurAvroByTheEmbeddedRegistry() throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
      othersReadOurAvro("avro-embedded", registry.url());
    }
  }

  @Test
  void anotherRegistryClientReadsOurAvroByApicurio() throws Exception {
    try (Apicurio registry = Apicurio.startOrSkip()) {
      othersReadOurAvro("avro-apicurio", registry.url());
    }
  }

  @Test
  void weReadTheAvroOfAnotherRegistryClientByTheEmbeddedRegistry(@TempDir Path dir)
      throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
      weReadOthersAvro(registry.url(), dir);
    }
  }

  @Test
  void weReadTheAvroOfAnotherRegistryClientByApicurio(@TempDir Path dir) throws Exception {
    try (Apicurio registry = Apicurio.startOrSkip()) {
      weReadOthersAvro(registry.url(), dir);
    }
  }

  private static void othersReadOurAvro(String topic, String registry) throws Exception {
    RecordFormat format = format(registry);
    Shape event = new Shape.Described(Schemas.learningEvent());
    Shape scrubbed =
        format.derive(
            event,
            new OutputFields(
                "Scrubbed",
                Map.of(
                    FieldPath.parse("actor.account.name"), OutputFields.Type.TEXT,
                    FieldPath.parse("credits"), OutputFields.Type.TEXT,
                    FieldPath.parse("result"), OutputFields.Type.SAME),
                false));
    ObjectNode full = event("a");
    ObjectNode derived =
        object(
            "{'actor':{'account':{'name':'t0k'}},'credits':'30-60','result':{'response':'ok 😀'}}");
    produce(
        topic,
        List.of(format.encode(topic, full, event), format.encode(topic + "-2", derived, scrubbed)));

    byte[] raw = ForeignClients.kcat(broker.bootstrapServers(), topic, "%R%s");
    List<JsonNode> read = lines(ForeignClients.node(raw, "decode.js", registry));

    assertThat(read.get(0).path("actor").path("account").path("name").asText()).isEqualTo("a");
    assertThat(read.get(0).path("credits").asInt()).isEqualTo(42);
    assertThat(read.get(0).path("score").isNull()).isTrue();
    assertThat(read.get(1)).isEqualTo(derived);
  }

  private static void weReadOthersAvro(String registry, Path dir) throws Exception {
    Path schema = Files.writeString(dir.resolve("event.avsc"), Schemas.learningEvent().toString());
    byte[] events = (event("a") + "\n" + event("b") + "\n").getBytes(UTF_8);

    byte[] hex =
        ForeignClients.node(events, "encode.js", registry, "others-value", schema.toString());

    List<String> names = new ArrayList<>();
    for (String record : new String(hex, UTF_8).lines().toList()) {
      JsonNode tree = format(registry).decode(HexFormat.of().parseHex(record)).tree();
      names.add(tree.at("/actor/account/name").asText());
      assertThat(tree.path("credits").intValue()).isEqualTo(42);
    }
    assertThat(names).containsExactly("a", "b");
  }

  private static RecordFormat format(String registry) {
    RegistryConfig config =
        new RegistryConfig(
            registry, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    return new AvroFormat(ConfluentRegistryClient.caching(config, Path.of(".")), 10_000);
  }

  private static ObjectNode event(String person) throws Exception {
    return object(
        "{'id':'1','timestamp':'2026-01-01T00:00:00Z','actor':{'account':{'name':'%s'}},'credits':42}"
            .formatted(person));
  }

  private static ObjectNode object(String json) throws Exception {
    return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
  }

  private static List<JsonNode> lines(byte[] output) throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : new String(output, UTF_8).lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private static void produce(String topic, List<byte[]> values) throws Exception {
    Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(config);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
      for (byte[] value : values) {
        producer.send(new ProducerRecord<>(topic, value)).get();
      }
    }
  }
}
