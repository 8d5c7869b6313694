// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.detect;

import java.util.Arrays;
import java.util.Optional;

/**
 * An IPv4 or IPv6 address, read from text alone: nothing is ever looked up. An IPv4 address mapped
 * into IPv6 ({@code ::ffff:192.0.2.1}) is the IPv4 address.
 */
public final class IpAddress {
  private static final int GROUPS = 8;
  private static final int MAX_LENGTH = 64;

  private final byte[] bytes;

  private IpAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * @param text an address; an IPv6 address may have a zone, which is left out
   * @return the address, absent when the text is none
   */
  public static Optional<IpAddress> parse(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    if (text.indexOf(':') < 0) {
      return v4(text).map(IpAddress::new);
    }
    int zone = text.indexOf('%');
    return v6(zone > 0 ? text.substring(0, zone) : text).map(IpAddress::unmap);
  }

  private static Optional<byte[]> v4(String text) {
    byte[] bytes = new byte[4];
    int at = 0;
    for (int i = 0; i < 4; i++) {
      int value = 0;
      int start = at;
      while (Characters.digitAt(text, at) && at - start < 3) {
        value = value * 10 + text.charAt(at++) - '0';
      }
      boolean separated = i == 3 ? at == text.length() : Characters.isAt(text, at++, '.');
      if (start == at - (i == 3 ? 0 : 1) || value > 255 || !separated) {
        return Optional.empty();
      }
      bytes[i] = (byte) value;
    }
    return Optional.of(bytes);
  }

  /** RFC 4291, 2.2. */
  private static Optional<byte[]> v6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text).filter(bytes -> bytes.length == 2 * GROUPS);
    }
    Optional<byte[]> head = groups(text.substring(0, gap));
    Optional<byte[]> tail = groups(text.substring(gap + 2));
    if (head.isEmpty() || tail.isEmpty() || head.get().length + tail.get().length > 14) {
      return Optional.empty();
    }
    byte[] bytes = Arrays.copyOf(head.get(), 2 * GROUPS);
    byte[] end = tail.get();
    System.arraycopy(end, 0, bytes, bytes.length - end.length, end.length);
    return Optional.of(bytes);
  }

  private static Optional<byte[]> groups(String text) {
    byte[] bytes = new byte[2 * GROUPS];
    int used = 0;
    int at = 0;
    while (at < text.length()) {
      int colon = text.indexOf(':', at);
      String group = text.substring(at, colon < 0 ? text.length() : colon);
      boolean last = colon < 0;
      if (last && group.indexOf('.') >= 0) {
        Optional<byte[]> v4 = v4(group);
        if (v4.isEmpty() || used > 12) {
          return Optional.empty();
        }
        System.arraycopy(v4.get(), 0, bytes, used, 4);
        return Optional.of(Arrays.copyOf(bytes, used + 4));
      }
      if (group.isEmpty()
          || group.length() > 4
          || used > 14
          || colon == text.length() - 1
          || !group.chars().allMatch(c -> Characters.isHex((char) c))) {
        return Optional.empty();
      }
      int value = Integer.parseInt(group, 16);
      bytes[used++] = (byte) (value >> 8);
      bytes[used++] = (byte) value;
      at = last ? text.length() : colon + 1;
    }
    return Optional.of(Arrays.copyOf(bytes, used));
  }

  private static IpAddress unmap(byte[] bytes) {
    boolean mapped = bytes[10] == -1 && bytes[11] == -1;
    for (int i = 0; i < 10; i++) {
      mapped &= bytes[i] == 0;
    }
    return new IpAddress(mapped ? Arrays.copyOfRange(bytes, 12, 16) : bytes);
  }

  /**
   * @return whether this is an IPv4 address
   */
  public boolean isV4() {
    return bytes.length == 4;
  }

  /**
   * @param prefix how many bits stay, 0 to 32 of IPv4, 0 to 128 of IPv6
   * @return the address with all other bits zero
   * @throws IllegalArgumentException when the address has not so many bits
   */
  public IpAddress truncate(int prefix) {
    if (prefix < 0 || prefix > bytes.length * 8) {
      throw new IllegalArgumentException("prefix must be 0 to " + bytes.length * 8);
    }
    byte[] cut = new byte[bytes.length];
    for (int i = 0; i < cut.length; i++) {
      int kept = Math.min(8, Math.max(0, prefix - 8 * i));
      cut[i] = (byte) (bytes[i] & (0xFF00 >> kept));
    }
    return new IpAddress(cut);
  }

  /**
   * @return the address's text; IPv6 as RFC 5952 has it
   */
  @Override
  public String toString() {
    if (isV4()) {
      return (bytes[0] & 255)
          + "."
          + (bytes[1] & 255)
          + "."
          + (bytes[2] & 255)
          + "."
          + (bytes[3] & 255);
    }
    int gap = -1;
    int gapLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int zeros = 0;
      while (i + zeros < GROUPS && group(i + zeros) == 0) {
        zeros++;
      }
      if (zeros > gapLength) {
        gap = i;
        gapLength = zeros;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == gap) {
        text.append("::");
        i += gapLength - 1;
      } else {
        text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
        text.append(Integer.toHexString(group(i)));
      }
    }
    return text.toString();
  }

  private int group(int i) {
    return (bytes[2 * i] & 255) << 8 | (bytes[2 * i + 1] & 255);
  }
}
