package org.mqttintegration.history;

import java.time.Clock;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps the history's daily partitions a week ahead. A day without one is no harm: its rows wait in
 * the last partition, which has no end, until theirs is made.
 */
@Component
class HistoryPartitions implements SmartInitializingSingleton {

  private static final Logger LOG = LoggerFactory.getLogger(HistoryPartitions.class);
  private static final int DAYS = 8;

  private final JdbcClient database;
  private final Clock clock = Clock.systemUTC();

  HistoryPartitions(JdbcClient database) {
    this.database = database;
  }

  /** Before the first message: after a long rest, today has no partition. */
  @Override
  public void afterSingletonsInstantiated() {
    makePartitions(LocalDate.now(clock));
  }

  @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.HOURS)
  void makePartitions() {
    makePartitions(LocalDate.now(clock));
  }

  /** Makes those that are missing, from a day on in UTC. A failure is logged, and that is all. */
  void makePartitions(LocalDate from) {
    try {
      database
          .sql("select history_make_partitions(:from, :days)")
          .param("from", from)
          .param("days", DAYS)
          .query(
              (row, number) -> {
                return number;
              })
          .list();
    } catch (RuntimeException e) {
      LOG.warn("history_partitions=failed from={} reason=\"{}\"", from, e.getMessage());
    }
  }
}
