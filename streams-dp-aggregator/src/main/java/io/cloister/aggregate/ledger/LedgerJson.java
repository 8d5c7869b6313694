// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.aggregate.json.ExactJson;
import io.cloister.aggregate.ledger.LedgerEntry.Kind;
import io.cloister.aggregate.ledger.LedgerEntry.Share;
import io.cloister.common.error.EnvironmentException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Ledger entries as JSON objects, the form in which store and topic hold them. */
public final class LedgerJson {
  private static final int VERSION = 1;
  private static final ObjectMapper MAPPER = ExactJson.mapper();

  private LedgerJson() {}

  /**
   * @param entry an entry
   * @return one JSON object, UTF-8
   */
  public static byte[] toBytes(LedgerEntry entry) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("version", VERSION)
        .put("kind", entry.kind().name().toLowerCase(Locale.ROOT))
        .put("release", entry.release())
        .put("query", entry.query())
        .put("queryDigest", entry.queryDigest())
        .put("mechanism", entry.mechanism())
        .put("epsilon", entry.epsilon().toDecimal());
    json.putObject("window")
        .put("start", Instant.ofEpochMilli(entry.windowStart()).toString())
        .put("end", Instant.ofEpochMilli(entry.windowEnd()).toString());
    json.put("keyVersion", entry.keyVersion()).put("seal", entry.seal());
    ArrayNode shares = json.putArray("shares");
    for (Share share : entry.shares()) {
      shares
          .addObject()
          .put("consumer", share.consumer())
          .put("granted", share.granted())
          .put("remaining", share.remaining().toDecimal());
    }
    return ExactJson.bytes(json);
  }

  /**
   * @param bytes what {@link #toBytes} gave
   * @return the entry
   * @throws EnvironmentException for anything else: the ledger cannot be trusted then
   */
  public static LedgerEntry fromBytes(byte[] bytes) {
    try {
      return read(MAPPER.readTree(bytes));
    } catch (IOException | RuntimeException e) {
      throw new EnvironmentException(
          "the ledger holds an entry that this version cannot read; the releaser stops, because"
              + " budgets could not be trusted");
    }
  }

  private static LedgerEntry read(JsonNode json) {
    if (json.required("version").intValue() != VERSION) {
      throw new IllegalArgumentException("an entry of another version");
    }
    List<Share> shares = new ArrayList<>();
    for (JsonNode share : json.required("shares")) {
      shares.add(
          new Share(
              share.required("consumer").textValue(),
              share.required("granted").booleanValue(),
              Epsilon.of(share.required("remaining").decimalValue())));
    }
    return new LedgerEntry(
        Kind.valueOf(json.required("kind").textValue().toUpperCase(Locale.ROOT)),
        json.required("release").textValue(),
        json.required("query").textValue(),
        json.required("queryDigest").textValue(),
        json.required("mechanism").textValue(),
        Epsilon.of(json.required("epsilon").decimalValue()),
        Instant.parse(json.required("window").required("start").textValue()).toEpochMilli(),
        Instant.parse(json.required("window").required("end").textValue()).toEpochMilli(),
        json.required("keyVersion").intValue(),
        json.required("seal").textValue(),
        shares);
  }
}
