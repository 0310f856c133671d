package org.mqttintegration.topic;

import java.util.concurrent.TimeUnit;
import org.mqttintegration.resource.SqlState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Counts what the history has got since it looked last. A step is one transaction that counts and
 * notes how far it came, so each message is counted once however often it is interrupted; of
 * several nodes, one is at it at a time.
 */
@Component
class TopicFollower {

  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);

  /** Messages of one step, about. */
  private static final int STEP = 20_000;

  /** Then others have the thread first: there may be millions of messages from before. */
  private static final int STEPS = 20;

  private final JdbcClient database;
  private final ApplicationEventPublisher events;

  TopicFollower(JdbcClient database, ApplicationEventPublisher events) {
    this.database = database;
    this.events = events;
  }

  /** A failure is logged, and the next run takes up where this one ended. */
  @Scheduled(initialDelay = 500, fixedDelay = 500, timeUnit = TimeUnit.MILLISECONDS)
  void follow() {
    try {
      boolean more = true;
      for (int step = 0; more && step < STEPS; step++) {
        more = follow(STEP) > 0;
        if (more) {
          events.publishEvent(new TopicsCounted());
        }
      }
    } catch (RuntimeException e) {
      if (!SqlState.isAway(e)) {
        LOG.warn("topics=failed sql_state={}", SqlState.of(e), e);
      }
    }
  }

  /** Counts the next commits, of about that many messages; tells how many commits they were. */
  int follow(int messages) {
    return database
        .sql("select topic_follow(:messages)")
        .param("messages", messages)
        .query(Integer.class)
        .single();
  }
}
