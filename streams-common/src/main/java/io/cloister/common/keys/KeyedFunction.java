// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.keys;

/** A pseudo-random function under a secret key. Safe for use by several threads. */
public interface KeyedFunction {
  /**
   * @param input any bytes; callers length-prefix their parts, so that no two inputs collide
   * @param length how many bytes are wanted, 1 to 64
   * @return bytes that nobody without the key can tell from random ones
   */
  byte[] compute(byte[] input, int length);

  /**
   * @return which key this is, from 1; part of everything that is derived with it
   */
  int version();
}
