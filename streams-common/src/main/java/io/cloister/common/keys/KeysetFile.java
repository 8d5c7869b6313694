// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.keys;

import io.cloister.common.error.BugException;
import io.cloister.common.error.EnvironmentException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.Set;

/** A keyset in a file that its owner alone may read, in clear. */
public final class KeysetFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final long MAX_BYTES = 1 << 20;

  private KeysetFile() {}

  /**
   * Writes new random keys. The file appears whole or not at all, with mode 0600 from the start.
   *
   * @param file where; its directory exists
   * @throws EnvironmentException when the file exists already or cannot be written
   */
  public static void create(Path file) {
    byte[] text = newKeyset().getBytes(StandardCharsets.UTF_8);
    Path whole = file.toAbsolutePath();
    // A name of this process: a leftover of a crash is in nobody's way, and none is overwritten.
    Path part =
        whole.resolveSibling(whole.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      try {
        write(part, text);
        // A link, since a move would replace the keys of a process that was faster.
        Files.createLink(whole, part);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (FileAlreadyExistsException e) {
      throw new EnvironmentException(
          "the keyset " + file + " exists already; keys are never overwritten");
    } catch (IOException | UnsupportedOperationException e) {
      throw new EnvironmentException("the keyset " + file + " cannot be written", e);
    }
  }

  private static String newKeyset() {
    try {
      return KeysetMaterial.generate().serialize();
    } catch (GeneralSecurityException e) {
      throw new BugException("new keys cannot be made", e);
    }
  }

  private static void write(Path part, byte[] text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            part,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      ByteBuffer bytes = ByteBuffer.wrap(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /**
   * @param file a keyset
   * @return its keys
   * @throws EnvironmentException when the file is missing, damaged, or others may read it
   */
  public static Keyset open(Path file) {
    try {
      refuseWhatOthersRead(file);
      if (Files.size(file) > MAX_BYTES) {
        throw new EnvironmentException("the keyset " + file + " is no keyset: over 1 MiB");
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return new TinkKeyset(KeysetMaterial.parse(text));
    } catch (NoSuchFileException e) {
      throw new EnvironmentException(
          "there is no keyset " + file + "; make one with: cloister keys create " + file);
    } catch (IOException | UnsupportedOperationException e) {
      throw new EnvironmentException("the keyset " + file + " cannot be read", e);
    } catch (UnusableKeysetException e) {
      throw new EnvironmentException("the keyset " + file + " cannot be used: " + e.getMessage());
    } catch (GeneralSecurityException e) {
      // No cause: what Tink says of a damaged key may quote it.
      throw new EnvironmentException(
          "the keyset " + file + " cannot be used: a key is damaged or of another kind");
    }
  }

  private static void refuseWhatOthersRead(Path file) throws IOException {
    Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
    others.addAll(Files.getPosixFilePermissions(file));
    others.removeAll(
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE));
    if (!others.isEmpty()) {
      throw new EnvironmentException(
          "the keyset " + file + " is open to others than its owner; run: chmod 600 " + file);
    }
  }
}
