package org.mqttintegration.bridge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How far routes are behind, and what of them failed for good: looked up now and then, so that who
 * reads the metrics asks nothing of the database.
 */
@Component
class BridgeMeters {

  private static final Logger LOG = LoggerFactory.getLogger(BridgeMeters.class);
  private static final int SECONDS = 10;

  private final DurablePositions positions;
  private final DeadLetterCounts deadLetterCounts;
  private final MultiGauge lag;
  private final MultiGauge age;
  private final MultiGauge waiting;
  private final MultiGauge deadLetters;

  BridgeMeters(
      MeterRegistry registry, DurablePositions positions, DeadLetterCounts deadLetterCounts) {
    this.positions = positions;
    this.deadLetterCounts = deadLetterCounts;
    lag =
        MultiGauge.builder("mqtt.route.lag")
            .description("Messages of the history that are behind a durable route's position")
            .register(registry);
    age =
        MultiGauge.builder("mqtt.route.lag.age")
            .description("How old the oldest of them is")
            .baseUnit("seconds")
            .register(registry);
    waiting =
        MultiGauge.builder("mqtt.route.waiting")
            .description("1 while a durable route waits for its target, or for the database")
            .register(registry);
    deadLetters =
        MultiGauge.builder("mqtt.route.dead.letters")
            .description("Exchanges of a route that failed for good, and wait to be tried again")
            .register(registry);
  }

  @Scheduled(initialDelay = 1, fixedDelay = SECONDS, timeUnit = TimeUnit.SECONDS)
  void look() {
    try {
      List<DurablePosition> all = positions.all();
      register(lag, all, DurablePosition::lag);
      register(age, all, BridgeMeters::age);
      register(waiting, all, position -> position.waitingFor() == null ? 0 : 1);
      deadLetters.register(
          deadLetterCounts.byRoute().entrySet().stream()
              .<Row<?>>map(one -> Row.of(Tags.of("route", one.getKey()), one.getValue()))
              .toList(),
          true);
    } catch (RuntimeException e) {
      LOG.debug("routes not looked up", e); // the database is away, which others say
    }
  }

  private static void register(
      MultiGauge gauge, List<DurablePosition> all, ToDoubleFunction<DurablePosition> value) {
    gauge.register(
        all.stream()
            .<Row<?>>map(
                position ->
                    Row.of(Tags.of("durable", position.name()), value.applyAsDouble(position)))
            .toList(),
        true);
  }

  private static double age(DurablePosition position) {
    Instant since = position.lagSince();
    return since == null ? 0 : Duration.between(since, Instant.now()).toMillis() / 1_000.0;
  }
}
