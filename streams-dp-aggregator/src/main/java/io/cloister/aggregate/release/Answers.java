// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.release;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.aggregate.ledger.LedgerEntry.Share;
import io.cloister.aggregate.plan.QueryPlan;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;

/** The records that consumers read. */
final class Answers {
  private static final MathContext SCALE_DIGITS = new MathContext(12, RoundingMode.HALF_EVEN);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Answers() {}

  /** One group's figure. */
  static ObjectNode value(Release release, String consumer, int group, BigInteger noisy) {
    ObjectNode json = head(release, consumer);
    ObjectNode fields = json.putObject("group");
    release.query().groups().group(group).forEach(fields::put);
    BigInteger reach = release.reach();
    json.put("value", decimal(release, noisy));
    json.putArray("interval95")
        .add(decimal(release, noisy.subtract(reach)))
        .add(decimal(release, noisy.add(reach)));
    BigDecimal scale =
        release
            .noise()
            .scale()
            .toDecimal(SCALE_DIGITS)
            .movePointLeft(release.query().measure().scale())
            .stripTrailingZeros();
    return json.put("mechanism", QueryPlan.MECHANISM)
        .put("scale", scale.scale() < 0 ? scale.setScale(0) : scale)
        .put("epsilon", release.epsilon().toDecimal())
        .put("delta", 0)
        .put("release", release.name());
  }

  /** After the last group: what it cost and what is left. */
  static ObjectNode close(Release release, Share share) {
    return head(release, share.consumer())
        .put("release", release.name())
        .put("charged", release.epsilon().toDecimal())
        .put("remaining", share.remaining().toDecimal());
  }

  /** In place of everything: what was asked and what is left. */
  static ObjectNode refusal(Release release, Share share) {
    return head(release, share.consumer())
        .put("release", release.name())
        .put("refused", true)
        .put("requested", release.epsilon().toDecimal())
        .put("remaining", share.remaining().toDecimal());
  }

  private static ObjectNode head(Release release, String consumer) {
    ObjectNode json = NODES.objectNode();
    json.put("query", release.query().name()).put("consumer", consumer);
    json.putObject("window")
        .put("start", Instant.ofEpochMilli(release.start()).toString())
        .put("end", Instant.ofEpochMilli(release.end()).toString());
    return json;
  }

  private static BigDecimal decimal(Release release, BigInteger units) {
    return new BigDecimal(units, release.query().measure().scale());
  }
}
