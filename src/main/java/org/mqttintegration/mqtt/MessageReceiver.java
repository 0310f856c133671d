package org.mqttintegration.mqtt;

/** Takes messages over from a connection. */
@FunctionalInterface
interface MessageReceiver {

  /**
   * Takes a message without waiting, on the thread that delivers all of the connection's messages.
   *
   * @param acknowledgement to be told once, when the message is safe or could not be made so
   */
  void receive(ReceivedMessage message, Acknowledgement acknowledgement);
}
