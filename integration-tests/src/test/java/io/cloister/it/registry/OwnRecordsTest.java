// SPDX-License-Identifier: Apache-2.0
package io.cloister.it.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.aggregate.ledger.Cost;
import io.cloister.aggregate.ledger.Epsilon;
import io.cloister.aggregate.ledger.LedgerEntry;
import io.cloister.aggregate.ledger.LedgerJson;
import io.cloister.common.kafka.SourcePosition;
import io.cloister.common.record.FailureKind;
import io.cloister.common.record.TreeCheck;
import io.cloister.schemas.Schemas;
import io.cloister.scrub.deadletter.DeadLetter;
import io.cloister.scrub.deadletter.DeadLetterFormat;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** The records that we write as JSON are those that the published schemas describe. */
class OwnRecordsTest {
  @Test
  void deadLettersAreAsDescribed() throws Exception {
    for (DeadLetter.Content content :
        List.of(
            new DeadLetter.Content.None(),
            new DeadLetter.Content.Omitted(),
            new DeadLetter.Content.Encrypted(new byte[] {1, 2, 3}))) {
      DeadLetter letter =
          new DeadLetter(
              "scrub",
              FailureKind.WRONG_TYPE,
              Optional.of("context.ip"),
              new SourcePosition("raw", 0, 7),
              Instant.EPOCH,
              content);

      assertThat(misfits(DeadLetterFormat.write(letter), Schemas.deadLetter())).isEmpty();
    }
  }

  @Test
  void ledgerEntriesAreAsDescribed() throws Exception {
    LedgerEntry entry =
        new LedgerEntry(
            LedgerEntry.Kind.RELEASE,
            "r1",
            "active-students",
            "00ff",
            "laplace",
            Cost.pure(Epsilon.of(new BigDecimal("0.03"))),
            0,
            86_400_000,
            1,
            "aa",
            List.of(
                new LedgerEntry.Share(
                    "dean", true, Cost.pure(Epsilon.of(new BigDecimal("0.97"))))));

    assertThat(misfits(LedgerJson.toBytes(entry), Schemas.ledgerEntry())).isEmpty();
  }

  @Test
  void whatIsNotAsDescribedIsNamed() throws Exception {
    assertThat(
            TreeCheck.misfits(
                (ObjectNode)
                    new JsonMapper()
                        .readTree("{\"version\":1,\"stage\":2,\"offset\":1.5,\"other\":1}"),
                Schemas.deadLetter()))
        .containsExactlyInAnyOrder(
            "other", "stage", "offset", "kind", "topic", "partition", "time");
  }

  private static List<String> misfits(byte[] json, Schema schema) throws IOException {
    return TreeCheck.misfits((ObjectNode) new JsonMapper().readTree(json), schema);
  }
}
