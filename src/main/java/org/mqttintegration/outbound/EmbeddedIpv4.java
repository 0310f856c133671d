package org.mqttintegration.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * The IPv4 address that a packet to an IPv6 one ends at. Without it, ::ffff:169.254.169.254 or
 * 64:ff9b::a9fe:a9fe would be a way around a block of IPv4 addresses.
 */
final class EmbeddedIpv4 {

  private static final int IPV4_BYTES = 4;
  private static final int LAST = 12;

  private EmbeddedIpv4() {}

  /** The IPv4 address in another one; the address itself when there is none in it. */
  static InetAddress of(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return address;
    }
    if (isMapped(bytes) || isCompatible(bytes) || isTranslated(bytes)) {
      return ipv4(bytes, LAST);
    }
    return begins(bytes, 0x20, 0x02) ? ipv4(bytes, 2) : address; // 6to4, RFC 3056
  }

  /** RFC 4291, section 2.5.5.2; Java makes such ones IPv4 addresses, other libraries may not. */
  private static boolean isMapped(byte[] bytes) {
    return isZero(bytes, 0, 10) && (bytes[10] & bytes[11] & 0xFF) == 0xFF;
  }

  /** RFC 4291, section 2.5.5.1: but for the unspecified address and loopback. */
  private static boolean isCompatible(byte[] bytes) {
    return isZero(bytes, 0, LAST) && !(isZero(bytes, LAST, 15) && (bytes[15] & 0xFE) == 0);
  }

  /** NAT64: RFC 6052, section 2.1; RFC 8215. */
  private static boolean isTranslated(byte[] bytes) {
    return begins(bytes, 0x00, 0x64, 0xFF, 0x9B)
        && (isZero(bytes, 4, LAST) || (bytes[4] == 0 && bytes[5] == 1));
  }

  private static boolean begins(byte[] bytes, int... octets) {
    for (int i = 0; i < octets.length; i++) {
      if ((bytes[i] & 0xFF) != octets[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress ipv4(byte[] bytes, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + IPV4_BYTES));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 bytes are an address", e);
    }
  }
}
