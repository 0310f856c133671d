package org.mqttintegration.bridge;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.bridge.Positions.Stored;
import org.mqttintegration.history.FeedLag;
import org.mqttintegration.history.FeedPosition;
import org.mqttintegration.history.HistoryFeed;
import org.mqttintegration.node.Notices;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.stereotype.Component;

/** The positions of durable routes, to be looked at and to be set. */
@Component
public class DurablePositions {

  private static final long MOVE_SECONDS = 10;

  private final Positions positions;
  private final Receptions receptions;
  private final HistoryFeed feed;
  private final Notices notices;

  DurablePositions(Positions positions, Receptions receptions, HistoryFeed feed, Notices notices) {
    this.notices = notices;
    this.positions = positions;
    this.receptions = receptions;
    this.feed = feed;
  }

  /** Those that routes have now, by the routes' ids. */
  public Map<String, DurablePosition> byRoute() {
    Map<String, DurablePosition> found = new HashMap<>();
    for (DurablePosition position : all()) {
      if (position.routeId() != null) {
        found.put(position.routeId(), position);
      }
    }
    return found;
  }

  /** What keeps durable routes from going on now, by the routes' ids; of those that wait. */
  public Map<String, String> waitingFor() {
    Map<String, String> waiting = new HashMap<>();
    for (Reception reception : receptions.running()) {
      String obstacle = reception.obstacle();
      if (obstacle != null) {
        waiting.put(reception.routeId(), obstacle);
      }
    }
    return waiting;
  }

  /** All, by name. */
  List<DurablePosition> all() {
    return positions.all().stream().map(this::view).toList();
  }

  /**
   * One.
   *
   * @throws ProblemException not found
   */
  DurablePosition get(String name) {
    return positions.find(name).map(this::view).orElseThrow(() -> notFound(name));
  }

  /**
   * Has a route go on from another place, whether it runs now or starts later.
   *
   * @return how far it is then
   */
  DurablePosition move(String name, MovePositionRequest request) {
    positions.move(name, place(request));
    Reception running = receptions.of(name);
    if (running == null) {
      notices.tell(Notices.POSITION, name);
    } else {
      await(running);
    }
    return get(name);
  }

  private FeedPosition place(MovePositionRequest request) {
    Instant time = request.time();
    Long id = request.historyId();
    if ((time == null) == (id == null)) {
      throw ProblemException.invalid("time", "Either time or historyId says where to go on.");
    }
    return id != null ? feed.before(id) : feed.before(Objects.requireNonNull(time));
  }

  private static void await(Reception running) {
    try {
      running.goOnFromStored().get(MOVE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new ProblemException(
          ProblemType.DATABASE_UNAVAILABLE, "The route did not move; it does when it can.");
    }
  }

  /**
   * Forgets one: a route with that name begins with what comes then.
   *
   * @throws ProblemException not found, or a conflict while a route has it
   */
  void delete(String name) {
    String route = receptions.routeOf(name);
    if (route != null) {
      throw new ProblemException(
          ProblemType.CONFLICT, "The route %s has it; stop that first.".formatted(route));
    }
    if (!positions.delete(name)) {
      throw notFound(name);
    }
  }

  private DurablePosition view(Stored stored) {
    Reception running = receptions.of(stored.name());
    FeedPosition now = running == null ? null : running.position();
    FeedPosition position = now == null ? stored.position() : now;
    FeedLag lag = feed.lag(position);
    return new DurablePosition(
        stored.name(),
        receptions.routeOf(stored.name()),
        position.id(),
        lag.messages(),
        lag.oldest(),
        running == null ? null : running.obstacle(),
        stored.updatedAt());
  }

  private static ProblemException notFound(@Nullable String name) {
    return new ProblemException(
        ProblemType.NOT_FOUND, "There is no durable position %s.".formatted(name));
  }
}
