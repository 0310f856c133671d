package org.mqttintegration.activity;

/** A message that was not taken; its text says why, for a person to read. */
final class DeliveryFailure extends Exception {

  private static final long serialVersionUID = 1L;

  DeliveryFailure(String reason) {
    super(reason);
  }
}
