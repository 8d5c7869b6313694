// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.noise;

/** Chosen words, then those of a key: to lead draws where chance hardly ever does. */
final class Script implements RandomBits {
  private final long[] words;
  private final KeyedBits after = new KeyedBits(new byte[KeyedBits.KEY_BYTES]);
  private int used;

  Script(long... words) {
    this.words = words;
  }

  @Override
  public long next() {
    return used < words.length ? words[used++] : after.next();
  }
}
