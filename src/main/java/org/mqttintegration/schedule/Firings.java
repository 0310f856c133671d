package org.mqttintegration.schedule;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.SqlState;
import org.mqttintegration.resource.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Sends what schedules send when they fire, and keeps of each what became of it. */
@Component
class Firings {

  private static final Logger LOG = LoggerFactory.getLogger(Firings.class);

  /** In milliseconds. */
  private static final long AGAIN = 1_000;

  private final ScheduleRepository repository;
  private final Plans plans;
  private final UnitOfWork unitOfWork;
  private final ProducerTemplate camel;

  /** Why a schedule's last firing sent nothing, while that goes on: logged once. */
  private final Map<Long, String> failing = new ConcurrentHashMap<>();

  Firings(
      ScheduleRepository repository, Plans plans, UnitOfWork unitOfWork, ProducerTemplate camel) {
    this.repository = repository;
    this.plans = plans;
    this.unitOfWork = unitOfWork;
    this.camel = camel;
  }

  /**
   * A schedule fires. Whatever comes of it, the schedule goes on; one that is gone ends. Waits for
   * a database that is away: the same firing sends once, however often it is tried.
   *
   * @param stopping whether not to wait any longer
   */
  void fire(long id, Instant scheduledAt, BooleanSupplier stopping) {
    while (!tryTo(id, scheduledAt) && !stopping.getAsBoolean()) {
      try {
        Thread.sleep(AGAIN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Whether the database was there for it. */
  private boolean tryTo(long id, Instant scheduledAt) {
    try {
      Optional<ScheduleEntity> schedule = repository.findById(id);
      if (schedule.isEmpty()) {
        remove(id);
      } else {
        send(Firing.of(schedule.get(), scheduledAt));
      }
      return true;
    } catch (Exception e) {
      return failed(id, scheduledAt, e);
    }
  }

  private void remove(long id) {
    unitOfWork.commit(
        () -> {
          plans.remove(id);
          return id;
        },
        Map.of());
    failing.remove(id);
    LOG.info("schedule=gone scheduleId={}", id);
  }

  private void send(Firing firing) throws Exception {
    Exchange exchange = camel.send(FiringRoutes.FIRE, sent -> sent.getMessage().setBody(firing));
    if (exchange.getException() != null) {
      throw exchange.getException();
    }
    repository.fired(firing.scheduleId(), firing.scheduledAt());
    if (failing.remove(firing.scheduleId()) != null) {
      LOG.info("schedule=sends-again scheduleId={}", firing.scheduleId());
    }
  }

  private boolean failed(long id, Instant scheduledAt, Exception failure) {
    boolean away = SqlState.isAway(failure);
    String reason = away ? "The database is away." : reason(failure);
    if (!Objects.equals(failing.put(id, reason), reason)) {
      LOG.warn(
          "schedule=sends-nothing scheduleId={} scheduledAt={} reason=\"{}\"",
          id,
          scheduledAt,
          reason);
    }
    if (away) {
      return false;
    }
    try {
      repository.failed(id, scheduledAt, reason);
    } catch (RuntimeException e) {
      LOG.debug("not stored that schedule {} failed", id, e);
    }
    return true;
  }

  /** In our own words; those of others may have what is sent in them. */
  private static String reason(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemException problem) {
        return problem.errors().isEmpty() ? problem.detail() : first(problem);
      }
    }
    return "Something went wrong on our side: " + failure.getClass().getSimpleName();
  }

  private static String first(ProblemException problem) {
    FieldError error = problem.errors().get(0);
    return error.field().isEmpty() ? error.message() : error.field() + ": " + error.message();
  }
}
