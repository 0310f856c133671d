package org.mqttintegration.send;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.RequestPlaces;
import org.mqttintegration.send.Outbox.Accepted;
import org.springframework.stereotype.Component;

/** Accepts the {@link Publish} in a body, and waits for its outcome if the caller wants to. */
@Component
class Acceptance {

  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int LONGEST_WAIT_SECONDS = 60;

  /** RFC 7240, section 4.3; among other preferences. */
  private static final Pattern WAIT =
      Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(?:$|[,;])");

  private final Outbox outbox;
  private final Outcomes outcomes;
  private final SendQueries queries;
  private final RequestPlaces places;

  Acceptance(Outbox outbox, Outcomes outcomes, SendQueries queries, RequestPlaces places) {
    this.outbox = outbox;
    this.outcomes = outcomes;
    this.queries = queries;
    this.places = places;
  }

  /** Answers a request with the send: 200 with its outcome when that was waited for, or 202. */
  void answer(Exchange exchange) {
    Message message = exchange.getMessage();
    Duration wait = preferredWait(message.getHeader("Prefer", String.class));
    IdempotencyKey key =
        IdempotencyKey.of(message, exchange.getProperty(Publish.REQUEST_BODY, String.class));
    SendOrigin origin = SendOrigin.of(exchange, SendOrigin.rest());
    Send send = send(publish(message), origin, key, wait == null ? Duration.ZERO : wait);
    message.setBody(send);
    message.setHeader("Location", "/api/v1/sends/" + send.id());
    if (wait != null) {
      message.setHeader("Preference-Applied", "wait=" + wait.toSeconds());
    }
    message.setHeader(
        Exchange.HTTP_RESPONSE_CODE, wait != null && send.status().isOutcome() ? OK : ACCEPTED);
  }

  /** For routes: waits as long as {@link Publish#WAIT} says, and fails when it is not sent. */
  void publish(Exchange exchange) {
    Message message = exchange.getMessage();
    Duration wait = exchange.getProperty(Publish.WAIT, Duration.ZERO, Duration.class);
    IdempotencyKey key =
        IdempotencyKey.ofRoute(exchange.getProperty(Publish.IDEMPOTENCY_KEY, String.class));
    SendOrigin origin = SendOrigin.of(exchange, SendOrigin.UNKNOWN);
    Send send = send(publish(message), origin, key, wait);
    if (send.status().isOutcome() && !send.status().isSent()) {
      throw new ProblemException(
          ProblemType.BROKER_REFUSED,
          "The send %d was %s: %s".formatted(send.id(), send.status().word(), send.reason()));
    }
    message.setBody(send);
  }

  private static Publish publish(Message message) {
    Publish publish = message.getBody(Publish.class);
    if (publish == null) {
      throw ProblemException.invalid("", "The body of direct:publish is a Publish.");
    }
    return publish;
  }

  private Send send(
      Publish publish, SendOrigin origin, @Nullable IdempotencyKey key, Duration wait) {
    Accepted accepted = outbox.accept(publish, origin, key);
    if (wait.isZero()) {
      outbox.release(accepted);
      return queries.get(accepted.id());
    }
    CompletableFuture<Void> outcome = outcomes.of(accepted.id());
    outbox.release(accepted);
    // it may have come before: another request's send took this one along
    Send send = queries.get(accepted.id());
    if (send.status().isOutcome()) {
      return send;
    }
    await(outcome, wait);
    return queries.get(accepted.id());
  }

  private void await(CompletableFuture<Void> outcome, Duration wait) {
    try (RequestPlaces.Away waiting = places.away()) {
      outcome.get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException e) {
      // it is accepted, and has its outcome later
    }
  }

  private static @Nullable Duration preferredWait(@Nullable String prefer) {
    Matcher wait = WAIT.matcher(prefer == null ? "" : prefer);
    return wait.find()
        ? Duration.ofSeconds(Math.min(LONGEST_WAIT_SECONDS, Long.parseLong(wait.group(1))))
        : null;
  }
}
