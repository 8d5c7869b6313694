// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

import java.math.BigInteger;

/** A source of independent fair bits. For use by one thread. */
public interface RandomBits {
  /**
   * @param count how many bits, at least 1
   * @return a number uniform on 0 to 2^count - 1
   */
  BigInteger next(int count);
}
