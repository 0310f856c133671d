package org.mqttintegration.history;

import java.time.Duration;
import java.util.Map;

/** Tells which subscriptions have their messages kept for a time of their own. */
public interface OwnRetention {

  /** By subscription id. */
  Map<Long, Duration> durations();
}
