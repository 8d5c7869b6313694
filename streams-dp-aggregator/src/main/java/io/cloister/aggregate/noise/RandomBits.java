// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

/** A source of independent fair bits. For use by one thread. */
public interface RandomBits {
  /**
   * @return the next 64 bits
   */
  long next();

  /**
   * @param count how many bits, 1 to 64
   * @return a number uniform on 0 to 2^count - 1, unsigned where count is 64; it may cost more bits
   *     than it returns
   */
  default long next(int count) {
    return next() >>> (Long.SIZE - count);
  }
}
