// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.continual;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a counter remembers. Its text shows no counts.
 *
 * @param step how many steps are done
 * @param total the exact total so far
 * @param noise what the mechanism carries from step to step, empty where it carries nothing
 */
public record CounterState(long step, BigInteger total, List<BigInteger> noise) {
  private static final byte VERSION = 1;

  /** Takes a copy, and refuses a step below zero. */
  public CounterState {
    noise = List.copyOf(noise);
    if (step < 0) {
      throw new IllegalArgumentException("a step is not below zero");
    }
  }

  /**
   * @return how many numbers this state is
   */
  public int numbers() {
    return 2 + noise.size();
  }

  /**
   * @return the stored form: version, step, then each number with its length before it
   */
  public byte[] toBytes() {
    List<byte[]> parts = new ArrayList<>();
    parts.add(total.toByteArray());
    noise.forEach(number -> parts.add(number.toByteArray()));
    int size = 1 + Long.BYTES + parts.stream().mapToInt(part -> Integer.BYTES + part.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(size).put(VERSION).putLong(step);
    parts.forEach(part -> bytes.putInt(part.length).put(part));
    return bytes.array();
  }

  /**
   * @param stored what {@link #toBytes} gave
   * @return the state
   * @throws IllegalArgumentException if it is anything else
   */
  public static CounterState fromBytes(byte[] stored) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(stored);
      if (bytes.get() != VERSION) {
        throw new IllegalArgumentException("a counter's state has version " + VERSION);
      }
      long step = bytes.getLong();
      BigInteger total = number(bytes);
      List<BigInteger> noise = new ArrayList<>();
      while (bytes.hasRemaining()) {
        noise.add(number(bytes));
      }
      return new CounterState(step, total, noise);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a counter's state ends too early", e);
    }
  }

  private static BigInteger number(ByteBuffer bytes) {
    int length = bytes.getInt();
    if (length < 1 || length > bytes.remaining()) {
      throw new IllegalArgumentException("a number of a counter's state has an impossible length");
    }
    byte[] number = new byte[length];
    bytes.get(number);
    return new BigInteger(number);
  }

  @Override
  public String toString() {
    return "CounterState[step=" + step + ", numbers=" + numbers() + "]";
  }
}
