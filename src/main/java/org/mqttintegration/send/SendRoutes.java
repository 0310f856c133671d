package org.mqttintegration.send;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.RequestValidator;
import org.mqttintegration.resource.ResourceRoutes;
import org.springframework.stereotype.Component;

/** The operations on sends over REST. */
@Component
class SendRoutes extends ResourceRoutes {

  private static final Duration CANCEL_LIMIT = Duration.ofSeconds(10);

  private final SendQueries queries;
  private final BatchStore batches;
  private final BatchAcceptance batch;
  private final Dispatcher dispatcher;
  private final RequestValidator validator;
  private final Templates templates;

  SendRoutes(
      SendQueries queries,
      BatchStore batches,
      BatchAcceptance batch,
      Dispatcher dispatcher,
      RequestValidator validator,
      Templates templates) {
    this.queries = queries;
    this.batches = batches;
    this.batch = batch;
    this.dispatcher = dispatcher;
    this.validator = validator;
    this.templates = templates;
  }

  @Override
  public void configure() {
    answer(operation("listSends", "Lists sends"), e -> queries.list(SendQuery.of(e)));
    answer(operation("getSend", "Reads a send"), e -> queries.get(id(e)));
    deleted(operation("cancelSend", "Cancels a send that waits"), e -> cancel(id(e)));

    answer(operation("getSendBatch", "Reads how far a batch is"), e -> batches.get(id(e)));

    operation("createSendBatch", "Sends messages that come together").process(batch::answer);

    operation("createSend", "Sends a message that is no signal")
        .process(e -> e.setProperty(Publish.REQUEST_BODY, e.getMessage().getBody(String.class)))
        .unmarshal()
        .json(SendRequest.class)
        .setBody(this::message)
        .to("direct:acceptSend");
  }

  private Publish message(Exchange exchange) {
    SendRequest request = exchange.getMessage().getBody(SendRequest.class);
    return validator
        .check(request, (send, errors) -> send.addFaults(templates, errors))
        .message(templates);
  }

  private void cancel(long id) {
    queries.get(id); // not found is said apart
    try {
      if (!dispatcher.cancel(id).get(CANCEL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ProblemException(
            ProblemType.CONFLICT, "It is sent, or being sent, and cannot be cancelled any more.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new ProblemException(
          ProblemType.DATABASE_UNAVAILABLE, "Nobody knows whether it was cancelled; look at it.");
    }
  }
}
