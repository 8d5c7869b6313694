// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.kafka;

/**
 * How large messages may become. Tokens and labels can be longer than what they stand for, and a
 * dead letter holds the whole raw record and its encryption, so what Cloister writes may be larger
 * than what it reads.
 *
 * @param sourceMaxBytes the largest raw record that is treated, {@code source.max-bytes}
 */
public record MessageSizes(int sourceMaxBytes) {
  private static final int ENVELOPE = 64 * 1024;

  /**
   * @return the largest value that a stage may write, in bytes; a record that treatment makes
   *     larger is a dead letter
   */
  public int maxValueBytes() {
    return (int) Math.min(2L * sourceMaxBytes + ENVELOPE, Integer.MAX_VALUE - 2L * ENVELOPE);
  }

  /**
   * @return {@code max.message.bytes} of Cloister's topics and {@code max.request.size} of its
   *     producers: a value with key, headers and framing
   */
  public int maxMessageBytes() {
    return maxValueBytes() + ENVELOPE;
  }
}
