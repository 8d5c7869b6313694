// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.selection;

import io.cloister.aggregate.noise.Noise;
import io.cloister.aggregate.noise.RandomBits;
import java.math.BigInteger;

/**
 * Names a group when its people and some noise together reach a threshold. Of the groups that a
 * person alone is in, none is named but with probability delta: the threshold is so high above 1.
 *
 * @param noise on the number of people of each group
 * @param threshold the least noisy number of people, above 1
 */
public record ThresholdSelection(Noise noise, BigInteger threshold) implements GroupSelection {
  /** Refuses a threshold that one person reaches without noise. */
  public ThresholdSelection {
    if (threshold.compareTo(BigInteger.ONE) <= 0) {
      throw new IllegalArgumentException("a threshold is above 1");
    }
  }

  @Override
  public boolean releases(long people, RandomBits bits) {
    BigInteger noisy = BigInteger.valueOf(people).add(noise.sample(bits));
    // A group without people is in nobody's data, so nothing may name it.
    return people > 0 && noisy.compareTo(threshold) >= 0;
  }

  @Override
  public long median() {
    return threshold.longValueExact();
  }
}
