// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.common.config.ConfigReader;
import io.cloister.common.config.Purpose;
import io.cloister.common.config.TopologyConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What can be said of the compose file without a container engine. */
class ComposeFileTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path TOPOLOGY = ROOT.resolve("infrastructure/compose/topology.yaml");

  private final Map<String, Map<String, Object>> services = services();

  @Test
  void everyPartOfThePipelineIsThere() {
    assertThat(services.keySet())
        .contains(
            "broker",
            "registry",
            "scrub",
            "anonymize",
            "aggregate",
            "generator",
            "prometheus",
            "grafana");
  }

  @Test
  void everyImageIsPinnedToAVersion() {
    assertThat(services)
        .allSatisfy(
            (name, service) ->
                assertThat(service.get("image").toString())
                    .matches("[a-z/-]+:v?[0-9]+\\.[0-9]+\\.[0-9]+"));
    assertThat(lines("infrastructure/Dockerfile"))
        .filteredOn(line -> line.startsWith("FROM"))
        .singleElement()
        .asString()
        .matches("FROM [a-z-]+:[0-9]+\\.[0-9]+\\.[0-9]+.*");
  }

  @Test
  void everyServiceThatStaysUpTellsItsHealth() {
    Set<String> jobs = new TreeSet<>();
    services.forEach(
        (name, service) -> {
          if ("no".equals(service.get("restart"))) {
            jobs.add(name);
          } else {
            assertThat(service).as(name).containsKey("healthcheck");
          }
        });
    assertThat(jobs).containsExactly("raw-topic", "setup");
  }

  @Test
  void everyServiceThatIsWaitedForExists() {
    services.forEach(
        (name, service) -> {
          if (service.get("depends_on") instanceof Map<?, ?> awaited) {
            assertThat(services.keySet()).as(name).containsAll(keys(awaited));
          }
        });
  }

  @Test
  void portsAreOpenToThisMachineAlone() {
    services.forEach(
        (name, service) -> {
          if (service.get("ports") instanceof List<?> ports) {
            assertThat(ports).as(name).allMatch(port -> port.toString().startsWith("127.0.0.1:"));
          }
        });
  }

  @Test
  void everyMountedFileExists() {
    services.forEach(
        (name, service) -> {
          if (service.get("volumes") instanceof List<?> volumes) {
            volumes.stream()
                .map(volume -> volume.toString().split(":", -1)[0])
                .filter(source -> source.startsWith("./"))
                .forEach(source -> assertThat(ROOT.resolve(source)).as(name).exists());
          }
        });
  }

  @Test
  void itsTopologyIsValidAndReadsWhatTheGeneratorWrites() {
    TopologyConfig config = ConfigReader.read(TOPOLOGY, Purpose.RUN_ALL).orThrow();
    assertThat(config.source().orElseThrow().topics()).containsExactly("edu.events.raw");
    assertThat(services.get("raw-topic").get("command").toString()).contains("edu.events.raw");
    assertThat(config.runtime().port()).contains(8321);
  }

  private static Map<String, Map<String, Object>> services() {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    try (InputStream file = Files.newInputStream(ROOT.resolve("docker-compose.yml"))) {
      Map<String, Map<String, Map<String, Object>>> compose = yaml.load(file);
      return compose.get("services");
    } catch (IOException e) {
      throw new AssertionError("the compose file cannot be read", e);
    }
  }

  private static List<String> keys(Map<?, ?> map) {
    return map.keySet().stream().map(Object::toString).toList();
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(ROOT.resolve(file));
    } catch (IOException e) {
      throw new AssertionError(file + " cannot be read", e);
    }
  }
}
