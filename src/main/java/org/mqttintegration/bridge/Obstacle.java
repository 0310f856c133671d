package org.mqttintegration.bridge;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What keeps a route's messages from going on; logged when it appears and when it is gone. */
final class Obstacle {

  private static final Logger LOG = LoggerFactory.getLogger(Obstacle.class);

  private final String routeId;
  private final AtomicReference<@Nullable String> reason = new AtomicReference<>();

  Obstacle(String routeId) {
    this.routeId = routeId;
  }

  void appear(String why) {
    if (reason.getAndSet(why) == null) {
      LOG.warn("route={} state=waiting reason=\"{}\"", routeId, why);
    }
  }

  void vanish() {
    if (reason.get() != null && reason.getAndSet(null) != null) {
      LOG.info("route={} state=going_on", routeId);
    }
  }

  /** Null when there is none. */
  @Nullable String reason() {
    return reason.get();
  }
}
