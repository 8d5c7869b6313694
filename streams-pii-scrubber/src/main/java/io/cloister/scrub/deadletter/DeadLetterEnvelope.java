// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.HybridEncrypt;
import io.cloister.common.error.BugException;
import io.cloister.common.kafka.SourcePosition;
import io.cloister.scrub.deadletter.DeadLetter.Content;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * Closes raw records and opens them. What is closed holds key and value, each behind its length (-1
 * where there is none), and is bound to stage and position: moved to another dead letter, it does
 * not open.
 */
public final class DeadLetterEnvelope {
  private static final byte VERSION = 1;
  private static final int ABSENT = -1;

  private DeadLetterEnvelope() {}

  /**
   * @param encrypt the public half of the dead letters' key
   * @param stage which stage gave up
   * @param position where the record came from
   * @param record the record
   * @return the record, encrypted
   */
  public static Content close(
      HybridEncrypt encrypt, String stage, SourcePosition position, RawRecord record) {
    int size = 1 + 2 * 4 + length(record.key()) + length(record.value());
    ByteBuffer plain = ByteBuffer.allocate(size).put(VERSION);
    put(plain, record.key());
    put(plain, record.value());
    try {
      return new Content.Encrypted(encrypt.encrypt(plain.array(), context(stage, position)));
    } catch (GeneralSecurityException e) {
      throw new BugException("encrypting failed with " + e.getClass().getName());
    }
  }

  /**
   * @param decrypt the private half of the dead letters' key
   * @param letter a dead letter
   * @return its record; absent when it holds none, another key closed it, or it was tampered with
   */
  public static Optional<RawRecord> open(HybridDecrypt decrypt, DeadLetter letter) {
    if (!(letter.content() instanceof Content.Encrypted encrypted)) {
      return Optional.empty();
    }
    try {
      ByteBuffer plain =
          ByteBuffer.wrap(
              decrypt.decrypt(encrypted.bytes(), context(letter.stage(), letter.position())));
      return plain.get() == VERSION
          ? Optional.of(new RawRecord(take(plain), take(plain)))
          : Optional.empty();
    } catch (GeneralSecurityException | BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  private static int length(Optional<byte[]> bytes) {
    return bytes.map(b -> b.length).orElse(0);
  }

  private static void put(ByteBuffer plain, Optional<byte[]> bytes) {
    plain.putInt(bytes.map(b -> b.length).orElse(ABSENT));
    bytes.ifPresent(plain::put);
  }

  private static Optional<byte[]> take(ByteBuffer plain) {
    int length = plain.getInt();
    if (length == ABSENT) {
      return Optional.empty();
    }
    byte[] bytes = new byte[length];
    plain.get(bytes);
    return Optional.of(bytes);
  }

  private static byte[] context(String stage, SourcePosition position) {
    byte[] stageBytes = stage.getBytes(UTF_8);
    byte[] topicBytes = position.topic().getBytes(UTF_8);
    return ByteBuffer.allocate(1 + 4 + stageBytes.length + 4 + topicBytes.length + 4 + 8)
        .put(VERSION)
        .putInt(stageBytes.length)
        .put(stageBytes)
        .putInt(topicBytes.length)
        .put(topicBytes)
        .putInt(position.partition())
        .putLong(position.offset())
        .array();
  }
}
