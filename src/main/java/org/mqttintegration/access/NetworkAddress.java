package org.mqttintegration.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Where requests come from, as it is counted. */
public final class NetworkAddress {

  private static final int NETWORK_BYTES = 8;

  private NetworkAddress() {}

  /**
   * The address itself for IPv4; the network of 64 bits for IPv6, of which a host has as many
   * addresses as it likes.
   *
   * @param address as the server knows it, no name
   */
  public static String counted(String address) {
    if (!address.contains(":")) {
      return address;
    }
    try {
      InetAddress parsed = InetAddress.getByName(address);
      if (!(parsed instanceof Inet6Address)) {
        return parsed.getHostAddress(); // an IPv4 address in one of IPv6
      }
      byte[] bytes = parsed.getAddress();
      Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
      return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
