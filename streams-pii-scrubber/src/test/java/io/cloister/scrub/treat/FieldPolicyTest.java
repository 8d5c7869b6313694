// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.treat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.common.config.DateStep;
import io.cloister.common.config.ScrubConfig;
import io.cloister.common.config.ScrubConfig.Unlisted;
import io.cloister.common.config.Treatment;
import io.cloister.common.error.InputException;
import io.cloister.common.keys.Keysets;
import io.cloister.common.path.FieldPath;
import io.cloister.common.record.FailureKind;
import io.cloister.common.record.OutputFields;
import io.cloister.common.record.UntreatableRecordException;
import io.cloister.scrub.token.Tokenizer;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPolicyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Treatment KEEP = new Treatment.Keep();
  private static final Treatment DROP = new Treatment.Drop();
  private static final Treatment REDACT = new Treatment.Redact();
  private static final Tokenizer TOKENIZER = new Tokenizer(Keysets.inMemory().tokens());

  @Test
  void fieldsThatAreNotListedAreDroppedAtEveryDepth() throws Exception {
    assertThat(
            treat(
                Unlisted.DROP,
                Map.of("a.b", KEEP, "c", KEEP),
                "{'a':{'b':1,'x':2},'c':[3],'x':4,'y':{'z':5}}"))
        .isEqualTo(json("{'a':{'b':1},'c':[3]}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'c':{'roster':1}}", "{'c':[{'roster':1}]}", "{'c':[[1]]}"})
  void whatGrowsBelowAKeptFieldIsNotPassedOn(String record) {
    for (Unlisted unlisted : List.of(Unlisted.DROP, Unlisted.SCAN)) {
      assertThatThrownBy(() -> treat(unlisted, Map.of("c", KEEP), record))
          .isInstanceOfSatisfying(
              UntreatableRecordException.class,
              e -> assertThat(e.kind()).isEqualTo(FailureKind.WRONG_TYPE));
    }
  }

  @Test
  void anObjectOfWhichNothingIsListedLeavesNoTrace() throws Exception {
    assertThat(treat(Unlisted.DROP, Map.of("a.b", KEEP), "{'a':{'x':1}}")).isEqualTo(json("{}"));
  }

  @Test
  void theLongestPathDecides() throws Exception {
    assertThat(
            treat(
                Unlisted.DROP,
                Map.of("a", KEEP, "a.b", REDACT, "a.c", DROP, "a.c.d", KEEP),
                "{'a':{'b':'x','c':{'d':1,'e':2},'f':3}}"))
        .isEqualTo(json("{'a':{'b':'REDACTED','c':{'d':1},'f':3}}"));
  }

  @Test
  void aWildcardTreatsEveryElement() throws Exception {
    assertThat(
            treat(
                Unlisted.DROP,
                Map.of("tags[*].label", REDACT, "n[*]", KEEP),
                "{'tags':[{'label':'x','id':1},{'id':2},{'label':'y'}],'n':[1,null,'a']}"))
        .isEqualTo(json("{'tags':[{'label':'REDACTED'},{'label':'REDACTED'}],'n':[1,null,'a']}"));
  }

  @Test
  void nullStaysNullWhateverTheTreatment() throws Exception {
    Map<String, Treatment> fields =
        Map.of(
            "a",
            REDACT,
            "b",
            new Treatment.Tokenize("d"),
            "c",
            KEEP,
            "d",
            DROP,
            "e",
            new Treatment.Truncate(24, 48));

    assertThat(
            treat(Unlisted.DROP, fields, "{'a':null,'b':null,'c':null,'d':null,'e':null,'x':null}"))
        .isEqualTo(json("{'a':null,'b':null,'c':null,'e':null}"));
  }

  @Test
  void scanningReplacesWhatItFindsAndLeavesOutNamesThatHoldIt() throws Exception {
    assertThat(
            treat(
                Unlisted.SCAN,
                Map.of("gone", DROP),
                "{'gone':1,'n':5,'t':'at kim@x.org','o':{'kim@x.org':1,'l':['+1 415 555 0132']}}"))
        .isEqualTo(json("{'n':5,'t':'at <EMAIL>','o':{'l':['<PHONE>']}}"));
  }

  @Test
  void keepingTheUnlistedStillTreatsTheListed() throws Exception {
    assertThat(treat(Unlisted.KEEP, Map.of("a.b", REDACT), "{'a':{'b':1,'c':2},'d':3}"))
        .isEqualTo(json("{'a':{'b':'REDACTED','c':2},'d':3}"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Unlisted.class,
      names = {"KEEP", "SCAN"})
  void aValueWhereTheConfigNamesWhatLiesBelowIsNeverPassedOn(Unlisted unlisted) {
    for (String value : List.of("'Secret'", "['Secret']", "7", "[{'b':'Secret'}]")) {
      assertUntreatable(FailureKind.WRONG_TYPE, unlisted, Map.of("a.b", REDACT), value);
    }
  }

  @Test
  void undeclaredValuesInTheWayAreDroppedWithTheUnlisted() throws Exception {
    assertThat(treat(Unlisted.DROP, Map.of("a.b", REDACT), "{'a':['Secret']}"))
        .isEqualTo(json("{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "['Secret']", "{'b':'Secret'}"})
  void treatmentsOfOneValueRefuseSeveral(String value) {
    for (Treatment treatment :
        List.of(
            new Treatment.Mask(2),
            new Treatment.Tokenize("d"),
            new Treatment.Truncate(24, 48),
            dates("year"),
            intervals("10"),
            new Treatment.Detect(Treatment.Replace.LABEL, List.of(), Map.of(), "US"))) {
      assertUntreatable(FailureKind.WRONG_TYPE, Unlisted.DROP, Map.of("a", treatment), value);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, abcd, ****", "4, abcd, **cd", "4, a, *", "1, '', ''", "2, 😀x😀y, **😀y"})
  void aMaskShowsAtMostHalf(int keepLast, String text, String masked) throws Exception {
    assertThat(value(new Treatment.Mask(keepLast), "'" + text + "'")).isEqualTo(masked);
  }

  @Test
  void aMaskedFlagWouldShowWhichItWas() {
    assertUntreatable(
        FailureKind.WRONG_TYPE, Unlisted.DROP, Map.of("a", new Treatment.Mask(0)), "true");
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.17, 192.0.2.0",
    "2001:db8:1:2::17, 2001:db8:1::",
    "::ffff:192.0.2.17, 192.0.2.0",
    "fe80::1%eth0, fe80::",
  })
  void anAddressKeepsItsNetwork(String address, String network) throws Exception {
    assertThat(value(new Treatment.Truncate(24, 48), "'" + address + "'")).isEqualTo(network);
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.256", "192.0.2", "example.org", "1::2::3", "1:2:3", ""})
  void whatIsNoAddressIsNotPassedOn(String text) {
    assertUntreatable(
        FailureKind.UNREADABLE_VALUE,
        Unlisted.DROP,
        Map.of("a", new Treatment.Truncate(24, 48)),
        "'" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "year, 2003-05-17, 2003",
    "5y, 2003-05-17, 2000-2004",
    "month, 2003-05-17T10:00:00Z, 2003-05",
    "day, 1052956800000, 2003-05-15",
  })
  void datesBecomeTheStepThatHoldsThem(String step, String date, String label) throws Exception {
    String json = date.contains("-") ? "'" + date + "'" : date;

    assertThat(value(dates(step), json)).isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"20 | [20..30)", "29.99 | [20..30)", "\"20\" | [20..30)", "-1 | [-10..0)"},
      quoteCharacter = '`')
  void numbersBecomeTheIntervalThatHoldsThem(String number, String label) throws Exception {
    assertThat(value(intervals("10"), number)).isEqualTo(label);
  }

  @Test
  void aTextThatIsNoNumberIsNotPassedOn() {
    assertUntreatable(
        FailureKind.UNREADABLE_VALUE, Unlisted.DROP, Map.of("a", intervals("10")), "'Secret'");
  }

  @Test
  void aTreatmentBelowOneThatReplacesTheWholeIsRefused() {
    assertThatThrownBy(() -> policy(Unlisted.DROP, Map.of("a", REDACT, "a.b", KEEP)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a.b lies in a");
  }

  @Test
  void theOutputTypesSayWhatBecomesOfEachField() {
    FieldPolicy policy =
        policy(Unlisted.DROP, Map.of("a", KEEP, "b", DROP, "c", new Treatment.Mask(0)));

    assertThat(policy.outputTypes())
        .isEqualTo(
            Map.of(
                FieldPath.parse("a"), OutputFields.Type.SAME,
                FieldPath.parse("b"), OutputFields.Type.ABSENT,
                FieldPath.parse("c"), OutputFields.Type.TEXT));
  }

  private static Treatment dates(String step) {
    return new Treatment.Generalize(new Treatment.Coarser.Dates(DateStep.parse(step)));
  }

  private static Treatment intervals(String width) {
    return new Treatment.Generalize(new Treatment.Coarser.Interval(new BigDecimal(width)));
  }

  private static void assertUntreatable(
      FailureKind kind, Unlisted unlisted, Map<String, Treatment> fields, String value) {
    Throwable failure = catchThrowable(() -> treat(unlisted, fields, "{'a':" + value + "}"));

    assertThat(failure)
        .isInstanceOfSatisfying(
            UntreatableRecordException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.field()).contains(FieldPath.parse("a"));
            })
        .hasMessageNotContaining("Secret")
        .hasNoCause();
  }

  private static String value(Treatment treatment, String json) throws Exception {
    JsonNode a = treat(Unlisted.DROP, Map.of("a", treatment), "{'a':" + json + "}").get("a");
    assertThat(a.isTextual()).isTrue();
    return a.textValue();
  }

  private static ObjectNode treat(Unlisted unlisted, Map<String, Treatment> fields, String record)
      throws Exception {
    return policy(unlisted, fields).apply(json(record));
  }

  private static FieldPolicy policy(Unlisted unlisted, Map<String, Treatment> fields) {
    Map<FieldPath, Treatment> parsed = new HashMap<>();
    fields.forEach((path, treatment) -> parsed.put(FieldPath.parse(path), treatment));
    return new FieldPolicy(new ScrubConfig(unlisted, parsed), List.of(), TOKENIZER);
  }

  private static ObjectNode json(String singleQuoted) throws Exception {
    return (ObjectNode) JSON.readTree(singleQuoted.replace('\'', '"'));
  }
}
