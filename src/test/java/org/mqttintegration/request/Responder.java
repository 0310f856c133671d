package org.mqttintegration.request;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.MqttTestClient.Received;

/** A device that answers what it is asked. */
final class Responder implements AutoCloseable {

  private final MqttTestClient client;
  private final Behaviour behaviour;
  private final Thread thread = new Thread(this::answer, "responder");
  private volatile boolean closed;

  /** What it does with a request. */
  interface Behaviour {
    void answer(MqttTestClient client, Received request) throws MqttException;
  }

  private Responder(MqttTestClient client, Behaviour behaviour) {
    this.client = client;
    this.behaviour = behaviour;
  }

  static Responder on(String uri, String filter, Behaviour behaviour) throws MqttException {
    Responder responder = new Responder(MqttTestClient.connect(uri), behaviour);
    responder.client.subscribe(filter, 1);
    responder.thread.start();
    return responder;
  }

  /** Answers with the payload of the request behind "answer to". */
  static void echo(MqttTestClient client, Received request) throws MqttException {
    reply(client, request, request.properties().getCorrelationData());
  }

  static void reply(MqttTestClient client, Received request, byte[] correlationData)
      throws MqttException {
    MqttProperties properties = new MqttProperties();
    if (correlationData != null) {
      properties.setCorrelationData(correlationData);
    }
    properties.setContentType("text/plain");
    client.publishAsync(
        request.properties().getResponseTopic(),
        ("answer to " + request.text()).getBytes(java.nio.charset.StandardCharsets.UTF_8),
        1,
        false,
        properties);
  }

  List<Received> requests() {
    return client.received();
  }

  private void answer() {
    int next = 0;
    while (!closed) {
      List<Received> requests = client.received();
      for (; next < requests.size(); next++) {
        try {
          behaviour.answer(client, requests.get(next));
        } catch (MqttException e) {
          throw new IllegalStateException(e);
        }
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  @Override
  public void close() throws MqttException, InterruptedException {
    closed = true;
    thread.join();
    client.close();
  }
}
