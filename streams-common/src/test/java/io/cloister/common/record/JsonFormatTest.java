// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormatTest {
  private static final JsonFormat FORMAT = new JsonFormat(100_000);

  @Test
  void anObjectKeepsNamesOrderAndExactNumbers() throws Exception {
    String json =
        "{\"z\":1,\"a\":0.10,\"big\":123456789012345678901234567890,\"l\":9007199254740993,"
            + "\"nested\":[{\"t\":true},null],\"text\":\"Zoë 😀\"}";

    Decoded decoded = FORMAT.decode(utf8(json));

    assertThat(decoded.tree().get("a").decimalValue()).isEqualTo(new BigDecimal("0.10"));
    assertThat(FORMAT.encode("t", decoded.tree(), decoded.shape())).isEqualTo(utf8(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"secret\":1",
        "{\"secret\"}",
        "{'secret':1}",
        "{secret:1}",
        "{\"secret\":NaN}",
        "{\"secret\":Infinity}",
        "{\"secret\":01}",
        "{\"secret\":1e99999999999}",
        "{\"secret\":1,}",
        "{\"secret\":[1,2}",
        "{\"secret\":\"\t\"}",
        "{\"secret\":1} {}",
        "{\"secret\":1}]",
        "{\"secret\":1} x",
        "{\"secret\":1} // comment",
        "\uFEFF{\"secret\":1}",
        "nul"
      })
  void malformedJsonIsRefused(String json) {
    assertThat(failure(utf8(json))).isEqualTo(FailureKind.MALFORMED);
  }

  @Test
  void aNumberThatIsReadCanBeReadAgainOnceWritten() throws Exception {
    String longest = "9".repeat(900) + "e9";
    Decoded decoded = FORMAT.decode(utf8("{\"a\":" + longest + "}"));

    Decoded again = FORMAT.decode(FORMAT.encode("t", decoded.tree(), decoded.shape()));

    assertThat(again.tree().get("a").decimalValue()).isEqualByComparingTo(new BigDecimal(longest));
    assertThat(failure(utf8("{\"a\":9" + longest + "}"))).isEqualTo(FailureKind.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1", "\"secret\"", "[{\"secret\":1}]", "true"})
  void aTopLevelThatIsNoObjectIsRefused(String json) {
    assertThat(failure(utf8(json))).isEqualTo(FailureKind.NOT_A_RECORD);
  }

  @Test
  void anotherEncodingThanUtf8IsRefused() {
    assertThat(failure("{\"secret\":1}".getBytes(StandardCharsets.UTF_16LE)))
        .isEqualTo(FailureKind.MALFORMED);
    assertThat(failure("{\"secret\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1)))
        .isEqualTo(FailureKind.MALFORMED);
  }

  @Test
  void aReplacementCharacterThatWasSentIsText() throws Exception {
    assertThat(FORMAT.decode(utf8("{\"a\":\"\uFFFD\"}")).tree().get("a").textValue())
        .isEqualTo("\uFFFD");
  }

  @Test
  void aSurrogateWrittenAsUtf8IsRefused() {
    byte[] json = utf8("{\"a\":\"xxx\"}");
    json[6] = (byte) 0xED;
    json[7] = (byte) 0xA0;
    json[8] = (byte) 0x80;

    assertThat(failure(json)).isEqualTo(FailureKind.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\uD800x\"}",
        "{\"a\":\"\\uDC00\\uD800\"}",
        "{\"\\uDfff\":1}",
        "{\"a\":[{\"b\":\"x\\udbff\"}]}"
      })
  void aLoneSurrogateIsRefusedInValuesAndInKeys(String json) {
    assertThat(failure(utf8(json))).isEqualTo(FailureKind.LONE_SURROGATE);
  }

  @Test
  void anEscapedPairIsText() throws Exception {
    assertThat(FORMAT.decode(utf8("{\"a\":\"\\ud83d\\ude00\"}")).tree().get("a").textValue())
        .isEqualTo("😀");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"a\":null,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"x\":[{\"a\":{},\"b\":1,\"a\":[]}]}"
      })
  void aKeyNamedTwiceIsRefused(String json) {
    assertThat(failure(utf8(json))).isEqualTo(FailureKind.DUPLICATE_KEY);
  }

  @Test
  void nestingIsBounded() throws Exception {
    String deepest = "{\"a\":" + "[".repeat(99) + "]".repeat(99) + "}";
    String deeper = "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}";
    String bottomless = "{\"a\":".repeat(20_000);

    assertThat(FORMAT.decode(utf8(deepest)).tree().has("a")).isTrue();
    assertThat(failure(utf8(deeper))).isEqualTo(FailureKind.TOO_DEEP);
    assertThat(failure(utf8(bottomless))).isEqualTo(FailureKind.TOO_DEEP);
  }

  @Test
  void aRecordLargerThanTheLimitIsRefusedUnread() {
    assertThat(failure(new byte[100_001])).isEqualTo(FailureKind.TOO_LARGE);
  }

  @Test
  void aTextAsLongAsTheRecordMayBeIsRead() throws Exception {
    String text = "x".repeat(99_000);

    assertThat(FORMAT.decode(utf8("{\"a\":\"" + text + "\"}")).tree().get("a").textValue())
        .isEqualTo(text);
  }

  @Test
  void aNumberWithAnExponentStaysAsShort() throws Exception {
    byte[] json = utf8("{\"a\":1E+400,\"b\":1E-7}");
    Decoded decoded = FORMAT.decode(json);

    assertThat(FORMAT.encode("t", decoded.tree(), decoded.shape())).isEqualTo(json);
  }

  @Test
  void aTreeWithALoneSurrogateIsNotWritten() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode().put("a", "secret\ud800");

    UntreatableRecordException thrown =
        catchThrowableOfType(
            UntreatableRecordException.class,
            () -> FORMAT.encode("t", tree, new Shape.SelfDescribing()));

    assertThat(thrown.kind()).isEqualTo(FailureKind.UNENCODABLE);
    assertThat(thrown).hasMessageNotContaining("secret").hasNoCause();
  }

  @Test
  void derivingNeedsNoSchema() {
    Shape shape = new Shape.SelfDescribing();

    assertThat(FORMAT.derive(shape, new OutputFields("Scrubbed", Map.of(), false)))
        .isEqualTo(shape);
  }

  @Test
  void whatIsDecodedDoesNotShowInItsText() throws Exception {
    assertThat(FORMAT.decode(utf8("{\"secret\":1}")).toString()).doesNotContain("secret");
  }

  @Property(tries = 2000)
  void randomBytesAreDecodedOrRefusedByKind(@ForAll @Size(max = 200) byte[] bytes) {
    failureOrNone(bytes);
  }

  @Property(tries = 2000)
  void damagedJsonIsDecodedOrRefusedByKind(
      @ForAll int position, @ForAll byte replacement, @ForAll int cut) {
    byte[] json =
        utf8("{\"secret\":[\"\\ud83d\\ude00 ü\",-1.5e-3,{\"k\":null,\"k2\":false}],\"x\":12}");
    json[Math.floorMod(position, json.length)] = replacement;
    failureOrNone(Arrays.copyOf(json, 1 + Math.floorMod(cut, json.length)));
  }

  private static void failureOrNone(byte[] bytes) {
    try {
      FORMAT.decode(bytes);
    } catch (UntreatableRecordException e) {
      assertThat(e).hasNoCause().hasMessage(e.kind().toString());
    }
  }

  private static FailureKind failure(byte[] value) {
    UntreatableRecordException thrown =
        catchThrowableOfType(UntreatableRecordException.class, () -> FORMAT.decode(value));
    assertThat(thrown).hasNoCause().hasMessageNotContaining("secret");
    return thrown.kind();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
