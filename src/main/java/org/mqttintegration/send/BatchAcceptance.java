package org.mqttintegration.send;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.send.BatchReader.Line;
import org.mqttintegration.send.SendStore.NewSend;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Accepts batches: what can be sent of one is stored in one transaction, and each line has an
 * answer of its own.
 */
@Component
class BatchAcceptance {

  private static final int ACCEPTED = 202;

  private final BatchReader reader;
  private final BatchStore batches;
  private final Outbox outbox;
  private final SendStore sends;
  private final SendBacklog backlog;
  private final IdempotencyKeys keys;
  private final Dispatcher dispatcher;
  private final TransactionOperations transactions;
  private final ObjectMapper json;

  BatchAcceptance(
      BatchReader reader,
      BatchStore batches,
      Outbox outbox,
      SendStore sends,
      SendBacklog backlog,
      IdempotencyKeys keys,
      Dispatcher dispatcher,
      TransactionOperations transactions,
      ObjectMapper json) {
    this.reader = reader;
    this.batches = batches;
    this.outbox = outbox;
    this.sends = sends;
    this.backlog = backlog;
    this.keys = keys;
    this.dispatcher = dispatcher;
    this.transactions = transactions;
    this.json = json;
  }

  /** What is answered: the batch, and a line for each of its lines. */
  private record Answer(long id, String lines, List<Long> brokers) {}

  /** Answers a request. */
  void answer(Exchange exchange) {
    Message message = exchange.getMessage();
    String body = message.getBody(String.class);
    Answer answer = accept(reader.read(body), IdempotencyKey.of(message, body));
    message.setBody(answer.lines());
    message.setHeader("Location", "/api/v1/sends/batches/" + answer.id());
    message.setHeader(Exchange.CONTENT_TYPE, "application/x-ndjson");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, ACCEPTED);
  }

  private Answer accept(List<Line> lines, @Nullable IdempotencyKey key) {
    long id = batches.nextId();
    Answer answer = Objects.requireNonNull(transactions.execute(status -> store(id, lines, key)));
    outbox.accepted(answer.brokers());
    answer.brokers().stream().distinct().forEach(dispatcher::wake);
    return answer;
  }

  private Answer store(long id, List<Line> lines, @Nullable IdempotencyKey key) {
    Long earlier = key == null ? null : keys.claim(key, id);
    if (earlier != null) {
      return new Answer(earlier, batches.answer(earlier), List.of());
    }
    List<NewSend> accepted = new ArrayList<>();
    List<BatchLine> answers = answers(id, lines, accepted);
    String answer = written(answers);
    sends.insert(accepted);
    batches.insert(id, lines.size(), accepted.size(), key == null ? null : answer);
    return new Answer(
        id, answer, accepted.stream().map(send -> send.message().brokerId()).toList());
  }

  /** The answers, and the sends that they speak of. */
  private List<BatchLine> answers(long batchId, List<Line> lines, List<NewSend> accepted) {
    List<Long> targets =
        lines.stream().map(Line::message).filter(Objects::nonNull).map(Publish::brokerId).toList();
    Iterator<Long> ids = sends.nextIds(targets.size()).iterator();
    Set<Long> brokers = outbox.lockBrokers(Set.copyOf(targets));
    Map<Long, Integer> places = new HashMap<>();
    List<BatchLine> answers = new ArrayList<>();
    for (Line line : lines) {
      try {
        Publish message = sendable(line);
        long broker = Objects.requireNonNull(message.brokerId());
        if (!brokers.contains(broker)) {
          throw SendCheck.noBroker();
        }
        backlog.checkRoom(broker, places.merge(broker, 1, Integer::sum));
        NewSend send = outbox.newSend(ids.next(), message, SendOrigin.rest(), batchId);
        accepted.add(send);
        answers.add(BatchLine.accepted(line.number(), send.id()));
      } catch (ProblemException e) {
        answers.add(BatchLine.refused(line.number(), e));
      }
    }
    return answers;
  }

  private static Publish sendable(Line line) {
    if (line.problem() != null) {
      throw line.problem();
    }
    return Objects.requireNonNull(line.message());
  }

  private String written(List<BatchLine> answers) {
    StringBuilder lines = new StringBuilder();
    try {
      for (BatchLine answer : answers) {
        lines.append(json.writeValueAsString(answer)).append('\n');
      }
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    return lines.toString();
  }
}
