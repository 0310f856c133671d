package org.mqttintegration.broker;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The names of brokers as they were read last, for what must not wait for the database: health and
 * metrics.
 */
@Component
class BrokerNames {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerNames.class);

  private final BrokerRepository repository;
  private final ApplicationEventPublisher events;
  private volatile Map<Long, String> names = Map.of();

  /** An application event: these are there, and maybe others than before. */
  record Known(Map<Long, String> names) {}

  BrokerNames(BrokerRepository repository, ApplicationEventPublisher events) {
    this.repository = repository;
    this.events = events;
  }

  /** By id. */
  Map<Long, String> all() {
    return names;
  }

  @Scheduled(fixedDelay = 3, timeUnit = TimeUnit.SECONDS)
  void refresh() {
    try {
      Map<Long, String> read = new TreeMap<>();
      repository.findIdsAndNames().forEach(row -> read.put((Long) row[0], (String) row[1]));
      tell(read);
    } catch (RuntimeException e) {
      LOG.debug("names of brokers not read", e); // the database is away, which others say
    }
  }

  @EventListener
  void on(BrokerRemoved event) {
    Map<Long, String> others = new TreeMap<>(names);
    others.remove(event.brokerId());
    tell(others);
  }

  private void tell(Map<Long, String> now) {
    if (!now.equals(names)) {
      names = now;
      events.publishEvent(new Known(now));
    }
  }
}
