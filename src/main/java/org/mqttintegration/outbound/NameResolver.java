package org.mqttintegration.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a name. */
interface NameResolver {

  /** All addresses, at least one. */
  InetAddress[] resolve(String host) throws UnknownHostException;
}
