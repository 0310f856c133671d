package org.mqttintegration;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.mqttintegration.testing.LastingStream;
import org.mqttintegration.testing.Mosquitto;
import org.mqttintegration.testing.MqttRelay;
import org.mqttintegration.testing.MqttRelay.Served;
import org.mqttintegration.testing.StoppablePostgres;

/** Disturbs a broker, the way to it, and a database, in random order and at random instants. */
final class Outages {

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Mosquitto broker;
  private final MqttRelay relay;
  private final StoppablePostgres postgres;
  private final LastingStream stream;
  private final Random random;
  private final IntSupplier newest;
  private CompletableFuture<Served> postgresAway;

  private interface Outage {
    void happen() throws IOException;
  }

  /**
   * Nothing happens yet.
   *
   * @param newest the newest message's number in the history
   */
  Outages(
      Mosquitto broker,
      MqttRelay relay,
      StoppablePostgres postgres,
      LastingStream stream,
      IntSupplier newest,
      Random random) {
    this.newest = newest;
    this.broker = broker;
    this.relay = relay;
    this.postgres = postgres;
    this.stream = stream;
    this.random = random;
  }

  /**
   * Lets so many happen; all is back at the end.
   *
   * @param away for how many seconds the database is, once, while the others go on
   * @param pause the most messages between two of them
   * @return when the database was away, and the application still had to catch up
   */
  Served happen(int restarts, int cuts, int away, int pause) throws IOException {
    List<Outage> outages = new ArrayList<>();
    outages.addAll(Collections.nCopies(restarts, this::restart));
    List<MqttRelay.Cut> hows = List.of(MqttRelay.Cut.values());
    for (int i = 0; i < cuts; i++) {
      MqttRelay.Cut how = hows.get(i % hows.size());
      outages.add(() -> relay.cut(how));
    }
    outages.add(() -> stopPostgres(away));
    Collections.shuffle(outages, random);
    for (Outage outage : outages) {
      awaitServing();
      awaitMessages(random.nextInt(pause));
      outage.happen();
    }
    Served databaseAway = postgresAway.join();
    awaitServing();
    awaitMessages(pause);
    return databaseAway;
  }

  private void restart() throws IOException {
    broker.stop();
    broker.start();
  }

  private void stopPostgres(int seconds) throws IOException {
    Instant stopped = Instant.now();
    postgres.stop();
    postgresAway =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                postgres.start();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
              int count = stream.count();
              await().atMost(PATIENCE).ignoreExceptions().until(() -> newest.getAsInt() >= count);
              return new Served(stopped, Instant.now());
            },
            CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS));
  }

  private void awaitServing() {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(relay::isServing);
  }

  private void awaitMessages(int messages) {
    int count = stream.count() + messages;
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> stream.count() >= count);
  }
}
