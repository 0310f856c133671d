package org.mqttintegration.api;

import java.util.concurrent.TimeUnit;
import org.mqttintegration.access.RateLimits;
import org.mqttintegration.node.Notice;
import org.mqttintegration.node.Notices;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Has the limits of requests hold over all nodes: each tells the others once a second what it let
 * through. So nothing is waited for while a request is served, and a node that is alone, or cut off
 * from the database, goes by what it sees itself.
 */
@Component
class RequestsElsewhere {

  private final RateLimits limits;
  private final Notices notices;

  RequestsElsewhere(RateLimits limits, Notices notices) {
    this.limits = limits;
    this.notices = notices;
  }

  @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
  void tell() {
    limits
        .toTell()
        .forEach((whose, number) -> notices.tellSoon(Notices.REQUESTS, number + " " + whose));
  }

  @EventListener
  void on(Notice notice) {
    if (notice.isOf(Notices.REQUESTS)) {
      String[] parts = notice.value().split(" ", 2);
      limits.count(parts[1], Long.parseLong(parts[0]));
    }
  }
}
