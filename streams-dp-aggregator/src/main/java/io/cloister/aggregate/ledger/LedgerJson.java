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

/**
 * Ledger entries as JSON objects, the form in which store and topic hold them. What has to do with
 * pure epsilon alone keeps the form of version 1.
 */
public final class LedgerJson {
  private static final int PURE = 1;
  private static final int VERSION = 2;
  private static final ObjectMapper MAPPER = ExactJson.mapper();

  private LedgerJson() {}

  /**
   * @param entry an entry
   * @return one JSON object, UTF-8
   */
  public static byte[] toBytes(LedgerEntry entry) {
    boolean pure = pure(entry);
    ObjectNode json = MAPPER.createObjectNode();
    json.put("version", pure ? PURE : VERSION)
        .put("kind", entry.kind().name().toLowerCase(Locale.ROOT))
        .put("release", entry.release())
        .put("query", entry.query())
        .put("queryDigest", entry.queryDigest())
        .put("mechanism", entry.mechanism());
    if (pure) {
      json.put("epsilon", entry.cost().toDecimal());
    } else {
      json.set("cost", of(entry.cost()));
    }
    json.putObject("window")
        .put("start", Instant.ofEpochMilli(entry.windowStart()).toString())
        .put("end", Instant.ofEpochMilli(entry.windowEnd()).toString());
    json.put("keyVersion", entry.keyVersion()).put("seal", entry.seal());
    ArrayNode shares = json.putArray("shares");
    for (Share share : entry.shares()) {
      ObjectNode one = shares.addObject();
      one.put("consumer", share.consumer()).put("granted", share.granted());
      if (pure) {
        one.put("remaining", share.remaining().toDecimal());
      } else {
        one.set("remaining", of(share.remaining()));
      }
    }
    return ExactJson.bytes(json);
  }

  private static boolean pure(LedgerEntry entry) {
    return pure(entry.cost()) && entry.shares().stream().allMatch(share -> pure(share.remaining()));
  }

  private static boolean pure(Cost cost) {
    return cost.currency() == Currency.EPSILON && cost.deltaUnits() == 0;
  }

  private static ObjectNode of(Cost cost) {
    return MAPPER
        .createObjectNode()
        .put(name(cost.currency()), cost.toDecimal())
        .put("delta", cost.delta());
  }

  private static String name(Currency currency) {
    return currency.name().toLowerCase(Locale.ROOT);
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
    int version = json.required("version").intValue();
    if (version != PURE && version != VERSION) {
      throw new IllegalArgumentException("an entry of another version");
    }
    boolean pure = version == PURE;
    List<Share> shares = new ArrayList<>();
    for (JsonNode share : json.required("shares")) {
      shares.add(
          new Share(
              share.required("consumer").textValue(),
              share.required("granted").booleanValue(),
              cost(share.required("remaining"), pure)));
    }
    return new LedgerEntry(
        Kind.valueOf(json.required("kind").textValue().toUpperCase(Locale.ROOT)),
        json.required("release").textValue(),
        json.required("query").textValue(),
        json.required("queryDigest").textValue(),
        json.required("mechanism").textValue(),
        cost(json.required(pure ? "epsilon" : "cost"), pure),
        Instant.parse(json.required("window").required("start").textValue()).toEpochMilli(),
        Instant.parse(json.required("window").required("end").textValue()).toEpochMilli(),
        json.required("keyVersion").intValue(),
        json.required("seal").textValue(),
        shares);
  }

  private static Cost cost(JsonNode json, boolean pure) {
    if (pure) {
      return Cost.pure(Epsilon.of(json.decimalValue()));
    }
    Currency currency = json.has(name(Currency.RHO)) ? Currency.RHO : Currency.EPSILON;
    return Cost.of(
        currency,
        json.required(name(currency)).decimalValue(),
        json.required("delta").decimalValue());
  }
}
