package org.mqttintegration.request;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.camel.Exchange;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.RequestParameters;
import org.mqttintegration.resource.RequestPlaces;
import org.mqttintegration.send.Publish;
import org.mqttintegration.send.Send;
import org.mqttintegration.send.SendOrigin;
import org.mqttintegration.signal.SendSignalRequest;
import org.mqttintegration.signal.SignalService;
import org.springframework.stereotype.Component;

/** Makes a request of a signal, and its answer of the response; between them it is sent. */
@Component
class SignalRequests {

  private static final String RESPONSE = "mqttResponse";
  private static final long DEFAULT_SECONDS = 10;
  private static final int ID_BYTES = 16;
  private static final int NO_MATCHING_SUBSCRIBERS = 0x10; // MQTT 5, section 3.4.2.1

  private final SignalService signals;
  private final ResponseTopics topics;
  private final PendingRequests pending;
  private final RequestPlaces places;
  private final SecureRandom random = new SecureRandom();

  SignalRequests(
      SignalService signals, ResponseTopics topics, PendingRequests pending, RequestPlaces places) {
    this.signals = signals;
    this.topics = topics;
    this.pending = pending;
    this.places = places;
  }

  /** What was sent, and what came back. */
  record Answer(Send send, Response response) {}

  /** Puts what shall be published into the body, and waits for the response from now on. */
  void begin(Exchange exchange) {
    RequestParameters parameters = RequestParameters.of(exchange);
    long seconds = Objects.requireNonNullElse(parameters.number("timeout"), DEFAULT_SECONDS);
    long deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    Publish signal =
        signals.message(
            parameters.id(),
            SendSignalRequest.values(exchange.getMessage().getBody(SendSignalRequest.class)));
    long brokerId = Objects.requireNonNull(signal.brokerId());
    String topic = topics.subscribed(brokerId, Duration.ofSeconds(seconds));
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    Duration rest = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    exchange.setProperty(RESPONSE, pending.await(id, rest));
    exchange.setProperty(Publish.WAIT, rest);
    exchange.setProperty(SendOrigin.PROPERTY, SendOrigin.request());
    exchange
        .getMessage()
        .setBody(
            signal.withProperties(
                asking(signal.properties(), topic + '/' + PendingRequests.level(id), id, seconds)));
  }

  /** Nobody waits for an answer to a request that is older than the timeout. */
  private static MessageProperties asking(
      MessageProperties given, String responseTopic, byte[] correlationData, long seconds) {
    Long life = given.messageExpiryInterval();
    return given
        .withMessageExpiryInterval(life == null ? seconds : Math.min(life, seconds))
        .withResponseTopic(responseTopic, correlationData);
  }

  /** Waits for the response, and makes the answer of it. */
  void end(Exchange exchange) {
    Send send = exchange.getMessage().getBody(Send.class);
    CompletableFuture<?> response = exchange.getProperty(RESPONSE, CompletableFuture.class);
    try {
      exchange.getMessage().setBody(new Answer(send, await(send, response)));
    } finally {
      response.cancel(false); // nobody waits any more
    }
  }

  private Response await(Send send, CompletableFuture<?> response) {
    if (!send.status().isOutcome()) {
      throw noResponse("The broker did not take the request in time; see the send %d.", send);
    }
    if (Integer.valueOf(NO_MATCHING_SUBSCRIBERS).equals(send.reasonCode()) && !send.retain()) {
      throw noResponse("Nobody is subscribed to the topic of the request; see the send %d.", send);
    }
    try (RequestPlaces.Away waiting = places.away()) {
      return (Response) response.get();
    } catch (ExecutionException e) {
      throw noResponse("The request was sent, and nobody answered in time; see the send %d.", send);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static ProblemException noResponse(String detail, Send send) {
    return new ProblemException(ProblemType.NO_RESPONSE, detail.formatted(send.id()));
  }
}
