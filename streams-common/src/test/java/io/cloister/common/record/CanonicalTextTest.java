// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CanonicalTextTest {
  private static Optional<String> compared(String json) throws Exception {
    JsonNode value = new ObjectMapper().readTree(json);
    return CanonicalText.byNumber(value);
  }

  /** Were they missing values, they would join any cell, whatever its conditions. */
  @Test
  void valuesWithoutTextAreNoMissingOnesAndLikeEachOtherOfTheirKind() throws Exception {
    String long1 = "1".repeat(41);
    assertThat(compared("[\"a\"]")).isPresent().isEqualTo(compared("[\"b\"]"));
    assertThat(compared("{\"a\":1}")).isPresent().isEqualTo(compared("{}"));
    assertThat(compared(long1)).isPresent();
    assertThat(compared("[]")).isNotEqualTo(compared("{}"));
    assertThat(compared("\"ARRAY\"")).isNotEqualTo(compared("[]"));
  }

  @Test
  void nothingIsAMissingValueAndEqualNumbersAreOne() throws Exception {
    assertThat(compared("null")).isEmpty();
    assertThat(compared("90.0")).isEqualTo(compared("\"9e1\"")).contains("90");
  }
}
