package org.mqttintegration.mqtt;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;

/** Publishes on a link, and says what came of it: a reason code or a {@link PublishException}. */
final class Publishing {

  private final OutboundSession outbound;
  private final InboundSession inbound;
  private final MqttSettings settings;

  /** Numbers for QoS 2 messages that nobody else numbers. */
  private final AtomicLong unnumbered = new AtomicLong();

  Publishing(OutboundSession outbound, InboundSession inbound, MqttSettings settings) {
    this.outbound = outbound;
    this.inbound = inbound;
    this.settings = settings;
  }

  /** See {@link MqttConnection#publish}. */
  CompletableFuture<Integer> publish(
      PahoLink link, String topic, MqttMessage message, @Nullable Long number) {
    String fault = link.capabilities().fault(topic, message);
    if (fault != null) {
      return CompletableFuture.failedFuture(
          new PublishException(PublishException.Cause.NOT_SUPPORTED, 0, fault));
    }
    CompletableFuture<Integer> outcome = new CompletableFuture<>();
    inTime(send(link, topic, message, number))
        .whenComplete(
            (code, failure) -> {
              PublishException refusal = refusal(code, failure);
              if (refusal == null) {
                outcome.complete(code);
              } else {
                outcome.completeExceptionally(refusal);
              }
            });
    return outcome;
  }

  /** While the broker is held back its answers wait behind what it sent; that is not its time. */
  private CompletableFuture<Integer> inTime(CompletableFuture<Integer> answer) {
    Duration limit = settings.answerTimeout();
    return answer
        .copy()
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(
            failure ->
                failure instanceof TimeoutException && inbound.wasHeldBackWithin(limit)
                    ? inTime(answer)
                    : CompletableFuture.failedFuture(failure));
  }

  /** As there is no connection. */
  static CompletableFuture<Integer> notConnected(ConnectionStatus status) {
    String why = Objects.requireNonNullElse(status.message(), "not open");
    return CompletableFuture.failedFuture(
        new PublishException(PublishException.Cause.NOT_CONNECTED, 0, why));
  }

  private CompletableFuture<Integer> send(
      PahoLink link, String topic, MqttMessage message, @Nullable Long number) {
    if (message.getQos() < 2) {
      return link.requests().publish(topic, message);
    }
    if (number != null) {
      return outbound.publish(link, number, topic, message);
    }
    long own = unnumbered.decrementAndGet();
    CompletableFuture<Integer> answer = outbound.publish(link, own, topic, message);
    // without an answer the session may have it still, and it keeps its packet identifier
    answer.thenRun(() -> outbound.settled(own));
    return answer.copy();
  }

  /** A failure is the connection's: what the broker says of a message comes as a code. */
  private static @Nullable PublishException refusal(
      @Nullable Integer code, @Nullable Throwable failure) {
    if (code != null) {
      return ReasonCode.isFailure(code)
          ? new PublishException(PublishException.Cause.REFUSED, code, ReasonCode.describe(code))
          : null;
    }
    return new PublishException(
        Failures.isBusy(failure) ? PublishException.Cause.BUSY : PublishException.Cause.NO_ANSWER,
        0,
        Failures.describe(failure));
  }
}
