package org.mqttintegration.request;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.history.HistoryFeed;
import org.mqttintegration.history.HistoryProperties;
import org.mqttintegration.mqtt.MqttHeaders;
import org.mqttintegration.mqtt.ReceivedMessage;
import org.mqttintegration.node.Notice;
import org.mqttintegration.node.Notices;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The requests that wait for a response, by the last level of their response topic. */
@Component
class PendingRequests {

  private final HistoryFeed feed;
  private final Notices notices;
  private final Map<String, CompletableFuture<Response>> waiting = new ConcurrentHashMap<>();

  PendingRequests(HistoryFeed feed, Notices notices) {
    this.feed = feed;
    this.notices = notices;
  }

  /**
   * Begins to wait.
   *
   * @param id of the request, its Correlation Data
   * @return the response; a TimeoutException when none comes in time
   */
  CompletableFuture<Response> await(byte[] id, Duration timeout) {
    String level = level(id);
    CompletableFuture<Response> response =
        new CompletableFuture<Response>().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    waiting.put(level, response);
    response.whenComplete((message, failure) -> waiting.remove(level));
    return response;
  }

  /** How many wait. */
  int size() {
    return waiting.size();
  }

  /** The last level of the response topic of a request. */
  static String level(byte[] id) {
    return HexFormat.of().formatHex(id);
  }

  /** A message came to a response topic, and is recorded. */
  void arrived(Exchange exchange) {
    ReceivedMessage message = exchange.getProperty(MqttHeaders.RECEIVED, ReceivedMessage.class);
    String level = message.topic().substring(message.topic().lastIndexOf('/') + 1);
    CompletableFuture<Response> response = waiting.get(level);
    Long historyId = exchange.getProperty(HistoryProperties.ID, Long.class);
    if (response == null && historyId != null) {
      notices.tellSoon(Notices.RESPONSE, level + " " + historyId);
    } else if (response != null && isOf(level, message.properties().correlationData())) {
      response.complete(Response.of(message, historyId));
    }
  }

  /** A response came to another node, and is recorded. */
  @EventListener
  void on(Notice notice) {
    if (!notice.isOf(Notices.RESPONSE)) {
      return;
    }
    String[] parts = notice.value().split(" ", 2);
    CompletableFuture<Response> response = waiting.get(parts[0]);
    if (response != null) {
      feed.find(Long.parseLong(parts[1]))
          .filter(message -> isOf(parts[0], message.properties().correlationData()))
          .ifPresent(message -> response.complete(Response.of(message)));
    }
  }

  /** A responder of MQTT 3 knows of none; the topic is ours alone anyway. */
  private static boolean isOf(String level, byte @Nullable [] correlationData) {
    return correlationData == null
        || Arrays.equals(correlationData, HexFormat.of().parseHex(level));
  }
}
