package org.mqttintegration.mqtt;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic filters that ended here and that the broker's session may still hold. Each stays until
 * the broker says that it is without it.
 */
final class Leftovers {

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  private final String key;
  private final Duration answerTimeout;
  private final Consumer<FilterEnded> ended;
  private final Set<String> filters = ConcurrentHashMap.newKeySet();

  /** Those that a link was asked to end, and has not answered. */
  private final Map<String, PahoLink> asked = new ConcurrentHashMap<>();

  Leftovers(String key, Duration answerTimeout, Consumer<FilterEnded> ended) {
    this.key = key;
    this.answerTimeout = answerTimeout;
    this.ended = ended;
  }

  void add(Collection<String> more) {
    filters.addAll(more);
  }

  /** It is wanted again: a SUBSCRIBE replaces what the session has (MQTT 5, section 3.8.4). */
  void remove(String filter) {
    filters.remove(filter);
  }

  /** The session is a new one. */
  void clear() {
    filters.clear();
  }

  /** Asks the broker to end them all, but for those that are wanted. */
  void end(PahoLink on, Set<String> wanted) {
    filters.removeAll(wanted);
    filters.stream()
        .filter(filter -> asked.put(filter, on) != on)
        .forEach(filter -> unsubscribe(on, filter));
  }

  private void unsubscribe(PahoLink on, String filter) {
    Instant askedAt = Instant.now();
    on.requests()
        .unsubscribe(filter)
        .orTimeout(answerTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (code, failure) -> {
              asked.remove(filter, on);
              if (failure == null && !ReasonCode.isFailure(code)) {
                filters.remove(filter);
                ended.accept(new FilterEnded(key, filter, askedAt));
              } else {
                LOG.warn(
                    "not unsubscribed, tried again when the session is resumed connection={}"
                        + " reason={}",
                    key,
                    failure == null ? ReasonCode.describe(code) : Failures.describe(failure));
              }
            });
  }
}
