// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.bounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloister.aggregate.Pipelines;
import io.cloister.aggregate.plan.QueryDigest;
import io.cloister.aggregate.plan.QueryPlan;
import io.cloister.aggregate.state.HeapKeyValues;
import io.cloister.aggregate.state.StateKeys;
import io.cloister.common.error.BugException;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What stores and topics hold today must be readable tomorrow. */
class SerializedFormsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String DIGEST = "000102030405060708090a0b0c0d0e0f";

  @Test
  void aWindowPartialKeepsItsForm() {
    WindowPartial partial =
        new WindowPartial(
            new QueryDigest(DIGEST),
            2,
            -3,
            Map.of(7, BigInteger.valueOf(-1), 0, BigInteger.valueOf(300)));

    String bytes =
        "01"
            + DIGEST
            + "00000002"
            + "fffffffffffffffd"
            + "00000002"
            + "00000000"
            + "0002"
            + "012c"
            + "00000007"
            + "0001"
            + "ff";
    assertThat(HEX.formatHex(partial.toBytes())).isEqualTo(bytes);
    assertThat(WindowPartial.fromBytes(HEX.parseHex(bytes))).isEqualTo(partial);
  }

  @Test
  void contributionsKeepTheirForm() {
    QueryPlan query = countOfTwoGroupsTwice();
    byte[] digest = HEX.parseHex(DIGEST);
    Contributions contributions = Contributions.none();
    contributions.add(query, digest, 5);
    contributions.add(query, digest, 1);
    contributions.add(query, digest, 5);

    String bytes = "02" + DIGEST + "00000002" + "00000005" + "00000002" + "00000001" + "00000001";
    assertThat(HEX.formatHex(contributions.toBytes())).isEqualTo(bytes);
    assertThat(Contributions.fromBytes(HEX.parseHex(bytes)).add(query, digest, 5))
        .isEqualTo(Contributions.Verdict.OUT_OF_BOUNDS);
  }

  @Test
  void formsOfOtherVersionsAreRefused() {
    assertThatThrownBy(() -> Contributions.fromBytes(new byte[] {1}))
        .isInstanceOf(BugException.class);
    assertThatThrownBy(() -> WindowPartial.fromBytes(new byte[] {2}))
        .isInstanceOf(BugException.class);
  }

  @Test
  void stateKeysSortByWindowAlsoBeforeTheEpoch() {
    byte[] query = HEX.parseHex(DIGEST);

    String before = HEX.formatHex(StateKeys.of(query, -1, new byte[] {9}));
    String after = HEX.formatHex(StateKeys.of(query, 0, new byte[0]));

    assertThat(before).isEqualTo(DIGEST + "7fffffffffffffff" + "09").isLessThan(after);
  }

  @Test
  void seenPositionsKeepTheirForm() {
    HeapKeyValues store = new HeapKeyValues();
    SeenPositions seen = new SeenPositions(store);

    assertThat(seen.firstSight("raw", 1, 7)).isTrue();
    assertThat(seen.firstSight("raw", 1, 7)).isFalse();
    assertThat(seen.firstSight("raw", 1, 6)).isFalse();
    assertThat(seen.firstSight("raw", 2, 6)).isTrue();
    assertThat(new SeenPositions(store).firstSight("raw", 1, 7)).isFalse();
    assertThat(new SeenPositions(store).firstSight("raw", 1, 8)).isTrue();
    assertThat(store.get(HEX.parseHex("70" + "00000001" + "726177")))
        .hasValueSatisfying(
            value -> assertThat(HEX.formatHex(value)).isEqualTo("0000000000000008"));
  }

  private static QueryPlan countOfTwoGroupsTwice() {
    String query =
        """
        measure: { count: {} }
        group-by: [course]
        groups: { declared: [a, b, c] }
        window: { tumbling: PT1H }
        bounds: { groups-per-person: 2, contributions-per-group: 2 }
        consumers: { dean: { epsilon: 1 } }
        """;
    return Pipelines.plan(Pipelines.oneQuery(query)).queries().get(0);
  }
}
