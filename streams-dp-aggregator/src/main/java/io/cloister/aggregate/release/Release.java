// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.release;

import io.cloister.aggregate.ledger.Epsilon;
import io.cloister.aggregate.noise.DiscreteLaplace;
import io.cloister.aggregate.noise.KeyedBits;
import io.cloister.aggregate.plan.Identity;
import io.cloister.aggregate.plan.QueryDigest;
import io.cloister.aggregate.plan.QueryPlan;
import io.cloister.common.keys.Keyset;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One query, window and epsilon over all groups: its name, its seal, its noise. All three follow
 * from keys and arguments alone, so the same release computed again is the same, byte for byte.
 */
final class Release {
  private static final int NAME_BYTES = 16;
  private static final int SEAL_BYTES = 32;

  private final QueryPlan query;
  private final long window;
  private final Epsilon epsilon;
  private final Keyset keyset;
  private final byte[] identity;

  Release(String deployment, QueryPlan query, long window, Epsilon epsilon, Keyset keyset) {
    this.query = query;
    this.window = window;
    this.epsilon = epsilon;
    this.keyset = keyset;
    this.identity =
        new Identity()
            .add("cloister.release.v1")
            .add(deployment)
            .add(query.name())
            .add(query.digest().bytes())
            .add(QueryPlan.MECHANISM)
            .add(epsilon.units())
            .add(query.windows().start(window))
            .add(query.windows().end(window))
            .add(keyset.noise().version())
            .toBytes();
  }

  QueryPlan query() {
    return query;
  }

  Epsilon epsilon() {
    return epsilon;
  }

  long start() {
    return query.windows().start(window);
  }

  long end() {
    return query.windows().end(window);
  }

  int keyVersion() {
    return keyset.noise().version();
  }

  DiscreteLaplace noise() {
    return query.noise(epsilon);
  }

  String name() {
    byte[] digest = QueryDigest.sha256(identity);
    return HexFormat.of().formatHex(Arrays.copyOf(digest, NAME_BYTES));
  }

  /** Keyed, because an exact count has few possible values and a plain digest could be guessed. */
  String seal(BigInteger[] exact) {
    Identity sealed = new Identity().add("cloister.seal.v1").add(identity);
    for (BigInteger value : exact) {
      sealed.add(value);
    }
    return HexFormat.of().formatHex(keyset.seals().compute(sealed.toBytes(), SEAL_BYTES));
  }

  /** The noise depends on the value too: another value for this identity meets other noise. */
  BigInteger noisy(int group, BigInteger exact) {
    Identity number = new Identity().add("cloister.noise.v1").add(identity);
    query.groups().group(group).forEach((field, value) -> number.add(field).add(value));
    byte[] key =
        keyset.noise().compute(number.add("value").add(exact).toBytes(), KeyedBits.KEY_BYTES);
    return exact.add(noise().sample(new KeyedBits(key)));
  }
}
