package org.mqttintegration.console.live;

import java.util.Locale;

/** What pages show that changes by itself. Pages name it as in {@code hx-trigger="sse:history"}. */
enum Part {
  /** Messages that were received or sent. */
  HISTORY,
  /** Topics, as they are counted a moment after. */
  TOPICS,
  /** Connections of brokers, and their subscriptions. */
  BROKERS,
  /** Sends that were accepted, or have their outcome. */
  SENDS,
  /** Routes of files, and their dead letters. */
  ROUTES;

  /** The name of its event. */
  String event() {
    return name().toLowerCase(Locale.ROOT);
  }
}
