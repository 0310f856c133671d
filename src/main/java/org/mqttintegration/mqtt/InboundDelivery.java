package org.mqttintegration.mqtt;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A message in flight to us. Guarded by its {@link InboundSession}. */
final class InboundDelivery {

  final int packetIdentifier;
  final int qos;
  final long fingerprint;
  final Set<Integer> recorded = new HashSet<>();
  final Set<Integer> waiting = new HashSet<>();
  boolean failed;

  /** By which it came last, and by which it is acknowledged. */
  @Nullable PahoLink link;

  int payloadBytes;

  InboundDelivery(int packetIdentifier, int qos, long fingerprint) {
    this.packetIdentifier = packetIdentifier;
    this.qos = qos;
    this.fingerprint = fingerprint;
  }

  /** Whether it can be acknowledged still: its link is there, and nobody failed to have it safe. */
  boolean isOwed() {
    return !failed && link != null && link.isConnected();
  }
}
