// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.release;

import io.cloister.aggregate.ledger.Epsilon;
import io.cloister.aggregate.noise.DerivedBits;
import io.cloister.aggregate.noise.DiscreteLaplace;
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
  private final DiscreteLaplace noise;
  private final BigInteger reach;
  private final DerivedBits bits;

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
    this.noise = query.noise(epsilon);
    this.reach = noise.halfWidth95();
    byte[] secret =
        keyset
            .noise()
            .compute(
                new Identity().add("cloister.noise.v2").add(identity).toBytes(),
                DerivedBits.SECRET_BYTES);
    this.bits = new DerivedBits(secret);
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
    return noise;
  }

  /** The figure without noise is within this of the one with it, in 95 of 100 cases. */
  BigInteger reach() {
    return reach;
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
    byte[] number = new Identity().add(query.groups().identity(group)).add(exact).toBytes();
    return exact.add(noise.sample(bits.of(number)));
  }
}
