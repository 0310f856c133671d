package org.mqttintegration.history;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import org.mqttintegration.mqtt.ReceivedMessage;
import org.mqttintegration.mqtt.ReceivedMessage.Delivery;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes messages into the history that were recorded elsewhere, with the times that they had. They
 * are found and counted as all others, but no route receives them: that was done where they were
 * recorded.
 */
@Component
public class PastMessages {

  private static final int BATCH = 1_000;
  private static final Delivery NONE = new Delivery("", 0, 0, 0);

  private final EntityManager entities;
  private final HistoryIds ids;
  private final CommitLog commits;
  private final JdbcClient database;
  private final HistorySettings settings;

  PastMessages(
      EntityManager entities,
      HistoryIds ids,
      CommitLog commits,
      JdbcClient database,
      HistorySettings settings) {
    this.entities = entities;
    this.ids = ids;
    this.commits = commits;
    this.database = database;
    this.settings = settings;
  }

  /** Stores messages, as the last thing that the caller's transaction does. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void store(List<PastMessage> messages) {
    List<HistoryEntry> entries = new ArrayList<>(messages.size());
    for (PastMessage message : messages) {
      HistoryEntry entry = entry(message).limitedTo(settings.maxPayload().toBytes());
      entry.setId(ids.next());
      entities.persist(entry);
      entries.add(entry);
      if (entries.size() % BATCH == 0) {
        entities.flush();
        entities.clear();
      }
    }
    entities.flush();
    commits.append(entries);
    markImported(entries);
  }

  private void markImported(List<HistoryEntry> entries) {
    if (!entries.isEmpty()) {
      database
          .sql("update history_commit set imported = true where first_id = any(:ids)")
          .param("ids", entries.stream().map(HistoryEntry::getId).toArray(Long[]::new))
          .update();
    }
  }

  private static HistoryEntry entry(PastMessage message) {
    return message.direction() == Direction.SEND
        ? HistoryEntry.sent(
            new SentMessage(
                message.brokerId(),
                message.signalId(),
                message.topic(),
                message.payload(),
                message.qos(),
                message.retain(),
                MessageProperties.NONE,
                message.at()))
        : HistoryEntry.received(
            new ReceivedMessage(
                message.at(),
                message.topic(),
                message.payload(),
                message.qos(),
                message.retain(),
                false,
                MessageProperties.NONE,
                null,
                NONE),
            message.brokerId(),
            message.subscriptionId());
  }
}
