// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloister.common.kafka.SourcePosition;
import io.cloister.common.keys.Keyset;
import io.cloister.common.keys.Keysets;
import io.cloister.common.record.FailureKind;
import io.cloister.scrub.deadletter.DeadLetter.Content;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterTest {
  private static final SourcePosition POSITION = new SourcePosition("raw", 2, 77);
  private static final Instant TIME = Instant.parse("2026-03-14T10:00:00Z");

  private final Keyset keyset = Keysets.inMemory();

  private static DeadLetter letter(SourcePosition position, Content content) {
    return new DeadLetter(
        "scrub", FailureKind.WRONG_TYPE, Optional.of("context.ip"), position, TIME, content);
  }

  /** Dead letters outlive the version that wrote them. */
  @Test
  void theSerializedFormIsPinned() {
    Content content = new Content.Encrypted(new byte[] {1, 2, 3});

    assertThat(new String(DeadLetterFormat.write(letter(POSITION, content)), UTF_8))
        .isEqualTo(
            "{'version':1,'stage':'scrub','kind':'WRONG_TYPE','field':'context.ip','topic':'raw',"
                .concat("'partition':2,'offset':77,'time':'2026-03-14T10:00:00Z',")
                .concat("'encrypted':'AQID'}")
                .replace('\'', '"'));
  }

  @Test
  void whatIsWrittenIsRead() {
    DeadLetter omitted = letter(POSITION, new Content.Omitted());
    DeadLetter none =
        new DeadLetter(
            "scrub", FailureKind.TOMBSTONE, Optional.empty(), POSITION, TIME, new Content.None());

    assertThat(DeadLetterFormat.read(DeadLetterFormat.write(omitted))).contains(omitted);
    assertThat(DeadLetterFormat.read(DeadLetterFormat.write(none))).contains(none);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "{}",
        "{'version':2}",
        "{'version':1,'kind':'NEW','time':'2026-03-14T10:00:00Z'}",
        "{'version':1,'kind':'MALFORMED','time':'soon'}",
        "{'version':1,'kind':'MALFORMED','time':'2026-03-14T10:00:00Z','encrypted':'?'}",
      })
  void whatIsNoDeadLetterOfThisVersionIsNotRead(String text) {
    assertThat(DeadLetterFormat.read(text.replace('\'', '"').getBytes(UTF_8))).isEmpty();
  }

  @Test
  void aClosedRecordOpensAsItWas() {
    RawRecord opened =
        open(letter(POSITION, close(Optional.of(new byte[0]), Optional.of(new byte[] {7}))))
            .orElseThrow();
    RawRecord none =
        open(letter(POSITION, close(Optional.empty(), Optional.empty()))).orElseThrow();

    assertThat(opened.key().orElseThrow()).isEmpty();
    assertThat(opened.value().orElseThrow()).isEqualTo(new byte[] {7});
    assertThat(none.key()).isEmpty();
    assertThat(none.value()).isEmpty();
  }

  @Test
  void aRecordMovedToAnotherPositionDoesNotOpen() {
    Content content = close(Optional.empty(), Optional.of(new byte[3]));

    assertThat(open(letter(new SourcePosition("raw", 2, 78), content))).isEmpty();
    assertThat(open(letter(new SourcePosition("raw2", 2, 77), content))).isEmpty();
  }

  @Test
  void anotherKeyDoesNotOpenIt() {
    Content content = close(Optional.empty(), Optional.of(new byte[3]));

    assertThat(
            DeadLetterEnvelope.open(
                Keysets.inMemory().deadLetterDecrypt().orElseThrow(), letter(POSITION, content)))
        .isEmpty();
  }

  @Test
  void noTextFormShowsTheRecord() {
    assertThat(new RawRecord(Optional.empty(), Optional.of("Secret".getBytes(UTF_8))).toString())
        .isEqualTo("RawRecord[...]");
  }

  private Content close(Optional<byte[]> key, Optional<byte[]> value) {
    return DeadLetterEnvelope.close(
        keyset.deadLetterEncrypt(), "scrub", POSITION, new RawRecord(key, value));
  }

  private Optional<RawRecord> open(DeadLetter letter) {
    return DeadLetterEnvelope.open(keyset.deadLetterDecrypt().orElseThrow(), letter);
  }
}
