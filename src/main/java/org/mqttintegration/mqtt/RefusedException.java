package org.mqttintegration.mqtt;

import java.io.IOException;

/** The broker refused the connection with a CONNACK, or ended it with a DISCONNECT. */
final class RefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int reasonCode;

  RefusedException(ServerPacket said) {
    super(said.describe());
    this.reasonCode = said.reasonCode();
  }

  int reasonCode() {
    return reasonCode;
  }
}
