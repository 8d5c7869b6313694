// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloister.common.config.AggregateConfig;
import io.cloister.common.config.QueryConfig;
import io.cloister.common.kafka.ClientSettings;
import io.cloister.common.kafka.TopicNames;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Counts scrubbed records anew and compares what consumers and the ledger say. Shares no code with
 * the aggregator. Windows must be of the stream clock, and of one period.
 */
final class LedgerAudit {
  /** How often chance alone may fail this test. */
  private static final double FALSE_ALARMS = 1e-9;

  private final ClientSettings kafka;
  private final TopicNames names;
  private final AggregateConfig config;
  private final List<List<ConsumerRecord<byte[], byte[]>>> partitions;

  /** What was scrubbed: each record once, in order, a list a partition. */
  LedgerAudit(
      ClientSettings kafka,
      TopicNames names,
      AggregateConfig config,
      List<List<ConsumerRecord<byte[], byte[]>>> partitions) {
    this.kafka = kafka;
    this.names = names;
    this.config = config;
    this.partitions = partitions;
  }

  /** A number that somebody may be told. */
  private record Figure(String query, long start, String group) {}

  private record Answer(String release, String value, double scale) {}

  void everyWindowIsAnsweredOnceWithinNoiseAndWithinBudget() {
    Map<String, JsonNode> ledger = ledger();
    int figures = 0;
    int refusals = 0;
    Map<Figure, Answer> answers = new HashMap<>();
    for (String consumer : config.consumers().keySet()) {
      Set<Figure> mine = new HashSet<>();
      Set<String> granted = new HashSet<>();
      Set<String> refused = new HashSet<>();
      for (ConsumerRecord<byte[], byte[]> record :
          Topics.readAll(kafka, names.aggregates(consumer))) {
        JsonNode json = Topics.json(record);
        String release = json.path("release").asText();
        if (json.has("value")) {
          Figure figure =
              new Figure(
                  json.path("query").asText(),
                  Instant.parse(json.path("window").path("start").asText()).toEpochMilli(),
                  json.path("group").path("course").asText());
          assertThat(mine.add(figure)).as("told once: " + figure).isTrue();
          Answer answer =
              new Answer(release, json.path("value").asText(), json.path("scale").asDouble());
          assertThat(answers.merge(figure, answer, (a, b) -> a))
              .as("the same to everybody: " + figure)
              .isEqualTo(answer);
        } else if (json.has("refused")) {
          assertThat(refused.add(release)).as("refused once").isTrue();
        } else {
          assertThat(json.has("charged")).isTrue();
          assertThat(granted.add(release)).as("charged once").isTrue();
        }
      }
      assertThat(granted).isEqualTo(shares(ledger, consumer, true));
      assertThat(refused).isEqualTo(shares(ledger, consumer, false));
      assertThat(mine).isEqualTo(figuresOf(ledger, granted));
      assertThat(spent(ledger, granted))
          .isLessThanOrEqualTo(config.consumers().get(consumer).epsilon());
      figures += mine.size();
      refusals += refused.size();
    }
    Set<String> released = new HashSet<>();
    ledger.forEach(
        (release, entry) -> {
          if (entry.path("kind").asText().equals("release")) {
            released.add(release);
          }
        });
    assertThat(spent(ledger, released)).isPositive().isLessThanOrEqualTo(config.budget().epsilon());
    assertThat(refusals).as("some budget ran out").isPositive();
    assertThat(answers.values().stream().map(Answer::release)).allMatch(released::contains);
    isWithinNoise(answers);
    System.out.printf(
        "%d windows of queries in the ledger, %d figures told, %d refusals, %s of %s spent%n",
        ledger.size(), figures, refusals, spent(ledger, released), config.budget().epsilon());
  }

  /** Every closed window of every query, once. */
  private Map<String, JsonNode> ledger() {
    Map<String, JsonNode> entries = new HashMap<>();
    Set<Figure> windows = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : Topics.readAll(kafka, names.ledger())) {
      JsonNode entry = Topics.json(record);
      assertThat(entry.path("kind").asText()).isIn("release", "refusal");
      assertThat(entries.put(entry.path("release").asText(), entry)).as("entered once").isNull();
      assertThat(
              windows.add(
                  new Figure(
                      entry.path("query").asText(),
                      Instant.parse(entry.path("window").path("start").asText()).toEpochMilli(),
                      "")))
          .isTrue();
    }
    Set<Figure> closed = new HashSet<>();
    config.queries().forEach((name, query) -> closed.addAll(closed(name, query)));
    assertThat(windows).isEqualTo(closed);
    return entries;
  }

  private Set<Figure> closed(String name, QueryConfig query) {
    long width = query.window().tumbling().toMillis();
    long grace = query.window().grace().toMillis();
    long first = Long.MAX_VALUE;
    long newest = Long.MAX_VALUE;
    for (List<ConsumerRecord<byte[], byte[]>> partition : partitions) {
      first = Math.min(first, time(partition.get(0)) - grace);
      newest =
          Math.min(newest, partition.stream().mapToLong(LedgerAudit::time).max().orElseThrow());
    }
    Set<Figure> closed = new HashSet<>();
    for (long start = first - first % width; start + width + grace <= newest; start += width) {
      closed.add(new Figure(name, start, ""));
    }
    return closed;
  }

  private static Set<String> shares(
      Map<String, JsonNode> ledger, String consumer, boolean granted) {
    Set<String> releases = new HashSet<>();
    ledger.forEach(
        (release, entry) -> {
          for (JsonNode share : entry.path("shares")) {
            if (share.path("consumer").asText().equals(consumer)
                && share.path("granted").asBoolean() == granted) {
              releases.add(release);
            }
          }
        });
    return releases;
  }

  private Set<Figure> figuresOf(Map<String, JsonNode> ledger, Set<String> releases) {
    Set<Figure> figures = new HashSet<>();
    for (String release : releases) {
      JsonNode entry = ledger.get(release);
      String query = entry.path("query").asText();
      long start = Instant.parse(entry.path("window").path("start").asText()).toEpochMilli();
      config
          .queries()
          .get(query)
          .groups()
          .declared()
          .forEach(group -> figures.add(new Figure(query, start, group.values().get(0))));
    }
    return figures;
  }

  private static BigDecimal spent(Map<String, JsonNode> ledger, Set<String> releases) {
    return releases.stream()
        .map(release -> new BigDecimal(ledger.get(release).path("epsilon").asText()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private void isWithinNoise(Map<Figure, Answer> answers) {
    Map<Figure, Long> truth = new HashMap<>();
    config.queries().forEach((name, query) -> recount(name, query, truth));
    assertThat(truth).hasSizeGreaterThan(10);
    answers.forEach(
        (figure, answer) -> {
          // Discrete Laplace: P(|noise| > t) < 2 exp(-t / scale).
          long bound =
              (long) Math.ceil(answer.scale() * Math.log(2 * answers.size() / FALSE_ALARMS));
          assertThat(Long.parseLong(answer.value()) - truth.getOrDefault(figure, 0L))
              .as(figure.toString())
              .isBetween(-bound, bound);
        });
  }

  private record Person(long start, String token) {}

  private void recount(String name, QueryConfig query, Map<Figure, Long> truth) {
    long width = query.window().tumbling().toMillis();
    long grace = query.window().grace().toMillis();
    boolean people = name.equals("active");
    for (List<ConsumerRecord<byte[], byte[]>> partition : partitions) {
      long newest = Long.MIN_VALUE;
      Map<Person, Map<String, Integer>> contributions = new HashMap<>();
      for (ConsumerRecord<byte[], byte[]> record : partition) {
        long time = time(record);
        newest = Math.max(newest, time);
        long start = time - time % width;
        JsonNode json = Topics.json(record);
        String course = json.path("course").asText();
        boolean late = start + width + grace <= newest;
        if (late || !declared(query).contains(course)) {
          continue;
        }
        String token = new String(record.key(), StandardCharsets.UTF_8);
        Map<String, Integer> mine =
            contributions.computeIfAbsent(new Person(start, token), unused -> new HashMap<>());
        if (!mine.containsKey(course) && mine.size() == query.bounds().groupsPerPerson()) {
          continue;
        }
        if (mine.merge(course, 1, Integer::sum) <= query.bounds().contributionsPerGroup()) {
          long value = people ? 1 : Math.min(50, json.path("score").asLong());
          truth.merge(new Figure(name, start, course), value, Long::sum);
        }
      }
    }
  }

  private static Set<String> declared(QueryConfig query) {
    Set<String> groups = new LinkedHashSet<>();
    query.groups().declared().forEach(group -> groups.add(group.values().get(0)));
    return groups;
  }

  private static long time(ConsumerRecord<byte[], byte[]> record) {
    return Instant.parse(Topics.json(record).path("at").asText()).toEpochMilli();
  }
}
