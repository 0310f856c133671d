package org.mqttintegration.mqtt;

/** Hears once what became of a message: nothing is acknowledged to the broker before. */
@FunctionalInterface
interface Acknowledgement {

  /**
   * The message is dealt with.
   *
   * @param safe whether it is recorded; if not, the broker delivers it again when the session is
   *     resumed
   */
  void done(boolean safe);
}
