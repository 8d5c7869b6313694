// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.cloister.common.config.bind.Problem;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One change to a valid config, one problem, at the line that was changed. */
class RulesTest {
  static final String VALID =
      """
      pipeline: campus
      kafka: { bootstrap.servers: "localhost:9092" }
      registry: { url: "http://localhost:8081" }
      keys: { provider: file, uri: "file:keys.json" }
      topics: { partitions: 4, regions: 2 }
      source:
        topics: [raw]
        subject: actor.id
        time: at
      scrub:
        fields:
          actor.id: { tokenize: { domain: student } }
          actor.name: redact
          birth: keep
          zip: keep
          credits: keep
          course: keep
          score: keep
          card: { mask: { keep-last: 4 } }
          text: { detect: { types: [EMAIL], patterns: { number: 'S[0-9]{7}' } } }
      anonymize:
        k: 5
        shard-by: [course]
        quasi-identifiers:
          birth: { hierarchy: { dates: [day, month, year, 5y] } }
          zip: { hierarchy: { prefix: [5, 3] } }
          credits: { hierarchy: { intervals: [30, 60] } }
        sensitive:
          score: { l-diversity: 2 }
        publish: [course]
        time: { truncate: PT1H }
        epoch: P1D
      aggregate:
        budget: { epsilon: 4, period: P30D }
        consumers:
          dean: { epsilon: 2 }
        queries:
          people:
            measure: count-people
            group-by: [course]
            groups: { declared: [a, b] }
            window: { tumbling: P1D }
            consumers: { dean: { epsilon: 0.03 } }
          points:
            measure: { sum: { field: score, clamp: [0, 100] } }
            group-by: [{ field: zip, level: 1 }, course]
            groups: { declared: [[123**, a]] }
            window: { tumbling: P1D }
            consumers: { dean: { epsilon: 0.01 } }
      """;

  @Test
  void theConfigThatIsChangedBelowHasNoProblem() {
    assertThat(ConfigReader.read("x", VALID, Purpose.RUN_ALL).describe()).isEmpty();
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        // Form
        change("k: 5", "kk: 5", "anonymize.kk", "did you mean k?"),
        change("k: 5", "k: five", "anonymize.k", "found 'five'; allowed a whole number of at"),
        change("k: 5", "k: 1", "anonymize.k", "of at least 2"),
        change("k: 5", "k: [5]", "anonymize.k", "found a list"),
        change("k: 5", "k:", "anonymize.k", "found nothing"),
        change("k: 5", "k: !!int 5\n  k: 6", "anonymize.k", "found 'k' again", 1),
        change("k: 5", "k: &a 5\n  grace: *a", "", "an alias", 1),
        change("k: 5", "k: !java 5", "anonymize.k", "the tag"),
        change("k: 5", "k: 5\n  epochs: linked", "anonymize.epochs", "independent, nested", 1),
        change("k: 5", "k: 5\n  max-delay: PT0S", "anonymize.max-delay", "above zero", 1),
        change("k: 5", "k: 5\n  max-delay: PT0.1S", "anonymize.max-delay", "at least PT0.2S", 1),
        change("k: 5", "k: 5\n  max-delay: -PT1S", "anonymize.max-delay", "a duration such as", 1),
        change("k: 5", "k: 5\n  max-delay: P1Y", "anonymize.max-delay", "a duration such as", 1),
        change("actor.name: redact", "actor.name: redakt", "scrub.fields.actor.name", "redact?"),
        change("actor.name: redact", "actor.name: tokenize", "scrub.fields.actor.name", "domain"),
        change("actor.name: redact", "actor..name: redact", "scrub.fields.actor..name", "dots"),
        change("birth: keep", "birth: { truncate: { prefix: 33 } }", "truncate.prefix", "0 to 32"),
        change("birth: keep", "birth: keep\n    'birth': drop", "scrub.fields.birth", "again", 1),
        change("dates: [day,", "dates: [week,", ".dates[0]", "a number of years such as 5y"),
        change("keep-last: 4", "keep-last: -1", "keep-last", "at least 0"),
        change("measure: count-people", "measure: people", "people.measure", "did you mean"),
        change("window: { tumbling: P1D }", "window: { hopping: P1D }", "window.", "tumbling"),
        change(
            "course]\n      groups: { declared: [a",
            "course]\n      noise: gaussian\n" + "      groups: { declared: [a",
            "people.noise",
            "allowed laplace",
            1),
        change("{ declared: [a, b] }", "{ discovered: {} }", "groups.discovered", "declared"),
        change("l-diversity: 2", "t-closenes: 0.1", "t-closenes", "l-diversity"),
        change("l-diversity: 2", "t-closeness: 0.1", "t-closeness", "distance"),
        change("l-diversity: 2", "t-closeness: { t: 0 }", "t-closeness.t", "above zero"),
        change("l-diversity: 2", "t-closeness: { t: 1 }", "t-closeness.t", "below 1"),
        change(
            "l-diversity: 2",
            "t-closeness: { t: 0.2, distance: near }",
            "t-closeness.distance",
            "ordered"),
        change(
            "l-diversity: 2",
            "t-closeness: { t: 0.2, order: [a, b] }",
            "t-closeness.order",
            "distance: ordered"),
        change(
            "l-diversity: 2",
            "t-closeness: { t: 0.2, distance: ordered, order: [a, b, a] }",
            "t-closeness.order",
            "each once"),
        change("l-diversity: 2", "entropy-l-diversity: 1", "entropy-l-diversity", "above 1"),
        // Names and connections
        change("pipeline: campus", "pipeline: Campus_1", "pipeline", "lower case letters"),
        change("topics: [raw]", "topics: [campus.raw]", "source.topics[0]", "Cloister's"),
        change("topics: [raw]", "topics: ['r w']", "source.topics[0]", "a topic's name"),
        change("topics: [raw]", "topics: [raw, raw]", "source.topics[1]", "each topic once"),
        change("topics: [raw]", "topics: []", "source.topics", "the topics of raw events"),
        change("{ bootstrap.servers:", "{ acks: 0, bootstrap.servers:", "kafka.acks", "not set"),
        change("http://localhost:8081", "localhost:8081", "registry.url", "http://"),
        change("file:keys.json", "keys.json", "keys.uri", "file:"),
        change(
            "dean: { epsilon: 2 }",
            "dean: { epsilon: 2 }\n    Dr X: { epsilon: 1 }",
            "aggregate.consumers.Dr X",
            "lower case letters",
            1),
        // Source and scrub
        change("topics: [raw]", "topics: [raw]\n  format: csv", "source.format", "json or avro", 1),
        change(
            "actor.id: { tokenize: { domain: student } }",
            "actor.id: keep",
            "scrub.fields.actor.id",
            "the subject actor.id without tokenize"),
        change("card: {", "at: {", "scrub.fields.at", "source.time is kept by itself"),
        change(
            "actor.name: redact", "actor: redact", "scrub.fields.actor.id", "a field inside", -1),
        change("types: [EMAIL]", "types: [EMIAL]", "types[0]", "did you mean EMAIL?"),
        change("'S[0-9]{7}'", "'S[0-9'", "patterns.number", "a regular expression of RE2"),
        change("'S[0-9]{7}'", "'(?=a)b'", "patterns.number", "without look-around"),
        change("'S[0-9]{7}'", "'a*'", "patterns.number", "does not match the empty text"),
        change("types: [EMAIL]", "region: Holland", "detect.region", "two capital letters"),
        // Anonymize
        change("epoch: P1D", "epoch: PT7H", "anonymize.epoch", "parts a day evenly"),
        change("epoch: P1D", "epoch: PT36H", "anonymize.epoch", "whole days"),
        change("truncate: PT1H", "truncate: PT0.5S", "anonymize.time.truncate", "at least PT1S"),
        change("truncate: PT1H", "truncate: PT7H", "anonymize.time.truncate", "evenly"),
        change("publish: [course]", "publish: [course, zip]", "publish[1]", "quasi-identifiers"),
        change("publish: [course]", "publish: [course, score]", "publish[1]", "sensitive"),
        change("publish: [course]", "publish: [course, actor]", "publish[1]", "the person"),
        change("publish: [course]", "publish: [course, actor.id.x]", "publish[1]", "the person"),
        change("publish: [course]", "publish: [course, other]", "publish[1]", "does not list"),
        change("publish: [course]", "publish: [course, 'card[*]']", "publish[1]", "without [*]"),
        change("publish: [course]", "publish: [course, at]", "publish[1]", "exact event time"),
        change("publish: [course]", "publish: []", "shard-by[0]", "not under publish", -7),
        change("credits: keep", "credits: drop", "quasi-identifiers.credits", "scrub drops", 11),
        change(
            "credits: keep",
            "credits: { tokenize: { domain: c } }",
            "quasi-identifiers.credits",
            "scrub tokenizes",
            11),
        change("[day, month, year, 5y]", "[month, day]", ".dates[1]", "day after month"),
        change("[day, month, year, 5y]", "[2y, 5y]", ".dates[1]", "5y after 2y"),
        change("prefix: [5, 3]", "prefix: [3, 5]", ".prefix[1]", "lengths that fall"),
        change("intervals: [30, 60]", "intervals: [30, 50]", ".intervals[1]", "a multiple"),
        change("intervals: [30, 60]", "intervals: [30, 0]", ".intervals[1]", "above zero"),
        change("intervals: [30, 60]", "intervals: []", ".intervals", "an empty list"),
        change("{ intervals: [30, 60] }", "{ file: none.csv }", ".file", "cannot be read"),
        change("shard-by: [course]", "shard-by: []", "topics.regions", "2 without shard-by", -18),
        change("  k: 5", "  max-delay: PT0.5S\n  k: 5", "anonymize.max-delay", "at least PT1S"),
        // Aggregate
        change("level: 1", "level: 3", "group-by[0].level", "0 to 2, the levels of zip"),
        change("field: zip, level", "field: course2, level", "group-by[0]", "not list"),
        change("group-by: [course]", "group-by: [actor.id]", "group-by[0]", "names the person"),
        change("[a, b]", "[a, a]", "declared[1]", "each group once"),
        change("[a, b]", "[a, [b, c]]", "declared[1]", "1, one for each field of group-by"),
        change("[a, b]", "[]", "people.groups.declared", "no groups"),
        change("clamp: [0, 100]", "clamp: [0]", "sum.clamp", "two"),
        change("clamp: [0, 100]", "clamp: [100, 0]", "sum.clamp", "the lowest first"),
        change("clamp: [0, 100]", "clamp: [0, 0]", "sum.clamp", "nothing but 0"),
        change("clamp: [0, 100]", "clamp: [0, 0.5]", "sum.clamp", "at most 0 decimal places"),
        change("clamp: [0, 100]", "clamp: [0, 1e16]", "sum.clamp", "at most 15 digits"),
        change("field: score,", "field: actor.mail,", "sum.field", "does not list"),
        change(
            "measure: count-people",
            "measure: count-people\n      bounds:" + " { contributions-per-group: 2 }",
            "contributions-per-group",
            "1 for count-people",
            1),
        change("dean: { epsilon: 0.03 }", "deen: { epsilon: 0.03 }", "consumers.deen", "dean?"),
        change("dean: { epsilon: 0.03 }", "dean: { epsilon: 0 }", "dean.epsilon", "above zero"),
        change("dean: { epsilon: 0.03 }", "dean: { epsilon: 3 }", "dean.epsilon", "the quota"),
        change("epsilon: 0.03", "epsilon: 0.0300000001", "dean.epsilon", "9 decimal places"),
        change("dean: { epsilon: 2 }", "dean: { epsilon: 5 }", "dean.epsilon", "the budget"),
        change(
            "epsilon: 4, period: P30D",
            "epsilon: 4, period: PT1H",
            "window.tumbling",
            "at most the budget's period",
            8),
        change("epsilon: 4,", "epsilon: 4, delta: -1,", "budget.delta", "from 0 to 1"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void whatIsWrongIsToldWithItsLine(
      String from, String to, String path, String message, int offset) {
    String changed = VALID.replaceFirst(Pattern.quote(from), quote(to));
    assertThat(changed).isNotEqualTo(VALID);

    Reading reading = ConfigReader.read("x", changed, Purpose.RUN_ALL);

    int line = lineOf(VALID, from) + offset;
    assertThat(reading.config()).isEmpty();
    assertThat(reading.problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.describe("x")).contains(path).contains(message);
              assertThat(problem.severity()).isEqualTo(Problem.Severity.ERROR);
            });
    assertThat(
            reading.problems().stream()
                .filter(problem -> problem.describe("x").contains(message))
                .map(Problem::line))
        .contains(line);
  }

  @Test
  void aFieldThatNoAvroRecordCanHaveIsRefusedForAvroAlone() {
    String json =
        VALID
            .replace("actor.name: redact", "actor['http://x.org/a b']: redact")
            .replace("card: {", "student-card: {");
    String avro = json.replace("topics: [raw]", "topics: [raw]\n  format: avro");

    assertThat(ConfigReader.read("x", json, Purpose.RUN_ALL).problems()).isEmpty();
    assertThat(ConfigReader.read("x", avro, Purpose.RUN_ALL).problems())
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.describe("x"))
                    .contains("scrub.fields.student-card", "no Avro record can have"));
  }

  @Test
  void queriesThatShareABudgetShareAClock() {
    String[] windows = VALID.split("tumbling: P1D", -1);
    String mixed =
        windows[0]
            + "tumbling: P1D, clock: wall"
            + windows[1]
            + "tumbling: P1D, clock: stream"
            + windows[2];
    String stream = VALID.replace("tumbling: P1D", "tumbling: P1D, clock: stream");

    assertThat(ConfigReader.read("x", mixed, Purpose.RUN_ALL).problems())
        .extracting(Problem::path, Problem::line, Problem::found)
        .containsExactly(
            tuple(
                "aggregate.queries.points.window.clock",
                lineOf(mixed, "clock: stream"),
                "stream beside wall"));
    assertThat(ConfigReader.read("x", stream, Purpose.RUN_ALL).describe()).isEmpty();
  }

  @Test
  void manyProblemsAreToldAtOnceInTheOrderOfTheFile() {
    String broken =
        VALID
            .replace("pipeline: campus", "pipeline: Campus")
            .replace("topics: [raw]", "topics: [' ']")
            .replace("actor.name: redact", "actor.name: redakt")
            .replace("birth: keep", "birth: drop")
            .replace("types: [EMAIL]", "types: [MAIL]")
            .replace("k: 5", "k: five")
            .replace("[5, 3]", "[3, 5]")
            .replace("l-diversity: 2", "l-diversity: 0")
            .replace("truncate: PT1H", "truncate: PT0.1S")
            .replace("epsilon: 2", "epsilon: 9")
            .replace("measure: count-people", "measure: heads")
            .replace("clamp: [0, 100]", "clamp: [1, 0]");

    List<Problem> problems = ConfigReader.read("x", broken, Purpose.RUN_ALL).problems();

    assertThat(problems)
        .extracting(Problem::path)
        .contains(
            "pipeline",
            "source.topics[0]",
            "scrub.fields.actor.name",
            "scrub.fields.text.detect.types[0]",
            "anonymize.k",
            "anonymize.quasi-identifiers.birth",
            "anonymize.quasi-identifiers.zip.hierarchy.prefix[1]",
            "anonymize.sensitive.score.l-diversity",
            "anonymize.time.truncate",
            "aggregate.consumers.dean.epsilon",
            "aggregate.queries.people.measure",
            "aggregate.queries.points.measure.sum.clamp");
    assertThat(problems).hasSize(12);
    assertThat(problems).extracting(Problem::line).isSorted();
  }

  @Test
  void aQuotaThatCannotPayForAPeriodIsAWarning() {
    Reading reading = ConfigReader.read("x", VALID.replace("0.03", "0.1"), Purpose.RUN_ALL);

    assertThat(reading.config()).isPresent();
    assertThat(reading.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
              assertThat(problem.describe("x")).contains("warning: found 3 a period, 30 releases");
            });
  }

  @Test
  void quotaAndBudgetAreHeldAgainstAllQueriesTogether() {
    String changed =
        VALID.replace("0.03", "0.05").replace("0.01", "0.02").replace("epsilon: 4,", "epsilon: 2,");

    assertThat(ConfigReader.read("x", changed, Purpose.RUN_ALL).problems())
        .extracting(Problem::path)
        .containsExactly("aggregate.budget.epsilon", "aggregate.consumers.dean.epsilon");
  }

  @Test
  void theTokenOfThePersonMayBePublishedWithAWarning() {
    Reading reading =
        ConfigReader.read(
            "x", VALID.replace("publish: [course]", "publish: [course, actor.id]"), Purpose.CHECK);

    assertThat(reading.config()).isPresent();
    assertThat(reading.describe()).contains("warning").contains("the person's token");
  }

  @Test
  void aFileRunMayNotPublishThePersonNorWhatOnlyTheScrubberMakesHarmless() {
    String changed = VALID.replace("publish: [course]", "publish: [course, actor.id, card]");

    assertThat(ConfigReader.read("x", changed, Purpose.ANONYMIZE_FILE).problems())
        .extracting(Problem::path, Problem::found)
        .containsExactlyInAnyOrder(
            tuple("anonymize.publish[1]", "actor.id, which names the person"),
            tuple("anonymize.publish[2]", "card, which scrub would change"));
  }

  @ParameterizedTest
  @CsvSource({
    "RUN_ALL, source scrub",
    "RUN_SCRUB, source scrub",
    "RUN_ANONYMIZE, source anonymize",
    "RUN_AGGREGATE, source aggregate",
    "ANONYMIZE_FILE, source anonymize",
    "AGGREGATE_FILE, source aggregate"
  })
  void eachCommandNeedsItsOwnSections(Purpose purpose, String sections) {
    assertThat(
            ConfigReader.read("x", "pipeline: p", purpose).problems().stream()
                .map(Problem::path)
                .filter(path -> !path.isEmpty()))
        .containsExactlyInAnyOrder(sections.split(" ", -1));
  }

  @Test
  void aFileRunNeedsNeitherSubjectNorTimeNorTopicsToAnonymize() {
    String yaml =
        """
        pipeline: p
        source: { format: csv }
        anonymize: { k: 3, quasi-identifiers: { age: { hierarchy: { intervals: [5] } } } }
        """;

    assertThat(ConfigReader.read("x", yaml, Purpose.ANONYMIZE_FILE).config()).isPresent();
    assertThat(ConfigReader.read("x", yaml, Purpose.CHECK).config()).isPresent();
    assertThat(ConfigReader.read("x", yaml, Purpose.RUN_ANONYMIZE).problems())
        .extracting(Problem::path)
        .containsExactlyInAnyOrder(
            "source.topics", "source.subject", "source.time", "source.format");
  }

  @ParameterizedTest
  @CsvSource({"''", "'# nothing'", "'a: [b'", "'a: b\n---\nc: d'", "'just text'", "'[a, b]'"})
  void whatIsNoMapIsOneProblem(String yaml) {
    Reading reading = ConfigReader.read("x", yaml, Purpose.CHECK);

    assertThat(reading.config()).isEmpty();
    assertThat(reading.problems()).hasSize(1);
  }

  @Test
  void textStaysAsItIsWritten() {
    String changed = VALID.replace("[a, b]", "[no, 0123, 1e3, ~, '']");

    TopologyConfig config = ConfigReader.read("x", changed, Purpose.RUN_ALL).orThrow();

    assertThat(
            config
                .aggregate()
                .orElseThrow()
                .queries()
                .values()
                .iterator()
                .next()
                .groups()
                .declared())
        .extracting(QueryConfig.GroupValues::values)
        .containsExactly(List.of("no"), List.of("0123"), List.of("1e3"), List.of("~"), List.of(""));
  }

  private static Arguments change(String from, String to, String path, String message) {
    return change(from, to, path, message, 0);
  }

  /** The problem is that many lines from where the text to replace starts. */
  private static Arguments change(String from, String to, String path, String message, int offset) {
    return Arguments.of(from, to, path, message, offset);
  }

  private static int lineOf(String text, String part) {
    return 1 + (int) text.substring(0, text.indexOf(part)).chars().filter(c -> c == '\n').count();
  }

  private static String quote(String text) {
    return Matcher.quoteReplacement(text);
  }
}
