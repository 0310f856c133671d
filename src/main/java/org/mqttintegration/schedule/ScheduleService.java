package org.mqttintegration.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.activity.Story;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.ItemPage;
import org.mqttintegration.resource.MergePatch;
import org.mqttintegration.resource.UnitOfWork;
import org.mqttintegration.signal.SignalRemoval;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;

/** The operations on schedules. Each changes the row and what Quartz has of it in one commit. */
@Service
public class ScheduleService {

  private static final Map<String, Supplier<ProblemException>> CONSTRAINTS =
      Map.of(
          "schedule_signal_id_fkey",
          () -> ProblemException.invalid("signalId", ScheduleCheck.NO_SIGNAL));

  private final ScheduleRepository repository;
  private final ScheduleViews views;
  private final ScheduleCheck checks;
  private final Plans plans;
  private final MergePatch mergePatch;
  private final UnitOfWork unitOfWork;
  private final Story story;

  ScheduleService(
      ScheduleRepository repository,
      ScheduleViews views,
      ScheduleCheck checks,
      Plans plans,
      MergePatch mergePatch,
      UnitOfWork unitOfWork,
      Story story) {
    this.repository = repository;
    this.views = views;
    this.checks = checks;
    this.plans = plans;
    this.mergePatch = mergePatch;
    this.unitOfWork = unitOfWork;
    this.story = story;
  }

  /** The schedules that a filter lets through. */
  public ItemPage<Schedule> list(ScheduleFilter filter, Pageable page) {
    return ItemPage.of(repository.findAll(filter.specification(), page), views::of);
  }

  /** One schedule. */
  public Schedule get(long id) {
    return views.of(
        repository.findById(id).orElseThrow(() -> ProblemException.notFound("schedule", id)));
  }

  /** Stores a new schedule, which fires from now on. */
  public Schedule create(@Nullable ScheduleRequest request) {
    checks.check(request);
    return change(ScheduleEntity::new, old -> request, Origin.HERE);
  }

  /** Replaces a schedule; a paused one stays so. */
  public Schedule replace(long id, @Nullable ScheduleRequest request) {
    checks.check(request);
    return change(() -> locked(id), old -> request, Origin.HERE);
  }

  /**
   * Stores a schedule as a document has it, which may be old: it fires from now on, in phase with
   * its start, and one that is over is stored as that.
   *
   * @param id the schedule that is replaced, null for a new one
   */
  public Schedule takeOver(@Nullable Long id, @Nullable ScheduleRequest request) {
    checks.check(request);
    return change(
        () -> id == null ? new ScheduleEntity() : locked(id), old -> request, Origin.DOCUMENT);
  }

  /** Changes the fields that a JSON Merge Patch names. */
  public Schedule patch(long id, @Nullable JsonNode patch) {
    return change(
        () -> locked(id),
        old -> checks.check(mergePatch.apply(old, patch, ScheduleRequest.class)),
        Origin.HERE);
  }

  /** Deletes a schedule. What it sent stays. */
  public void delete(long id) {
    unitOfWork.commit(
        () -> {
          ScheduleEntity gone = locked(id);
          story.removed(gone.record(), gone.asRequest());
          repository.delete(gone);
          repository.flush();
          plans.remove(id);
          return id;
        },
        Map.of());
  }

  /** Lets a schedule fire no more, until it is resumed; what was to be made up is not. */
  public Schedule pause(long id) {
    return unitOfWork.commit(
        () -> {
          ScheduleEntity schedule = locked(id);
          if (!schedule.paused) {
            story.did(schedule.record(), "paused", null);
          }
          schedule.paused = true;
          plans.remove(id);
          return views.of(repository.saveAndFlush(schedule));
        },
        Map.of());
  }

  /** Lets a paused schedule fire from now on; what fell into the pause is not made up. */
  public Schedule resume(long id) {
    return unitOfWork.commit(
        () -> {
          ScheduleEntity schedule = locked(id);
          if (schedule.paused) {
            schedule.paused = false;
            story.did(schedule.record(), "resumed", null);
            ScheduleTrigger trigger = Plans.trigger(schedule, later(schedule.startAt, now()));
            if (trigger.computeFirstFireTime(null) != null) {
              plans.put(id, trigger);
            }
          }
          return views.of(repository.saveAndFlush(schedule));
        },
        Map.of());
  }

  /** Signals go, and their schedules with them. */
  @EventListener
  void on(SignalRemoval removal) {
    repository.findIdsBySignalIdIn(removal.signalIds()).forEach(plans::remove);
  }

  /** Where what a schedule shall be comes from. */
  private enum Origin {
    /** Somebody wants it now. */
    HERE,
    /** Somebody wanted it at some time, perhaps elsewhere. */
    DOCUMENT
  }

  private Schedule change(
      Supplier<ScheduleEntity> schedule, UnaryOperator<ScheduleRequest> change, Origin origin) {
    return unitOfWork.commit(
        () -> {
          Instant now = now();
          ScheduleEntity entity = schedule.get();
          Instant oldStart = entity.startAt;
          ScheduleRequest before = entity.id == null ? null : entity.asRequest();
          entity.apply(change.apply(entity.asRequest()), now);
          ScheduleTrigger trigger = Plans.trigger(entity, from(entity, oldStart, now, origin));
          boolean over = origin == Origin.DOCUMENT && ScheduleCheck.isOver(entity, trigger);
          if (!over) {
            ScheduleCheck.checkFires(entity, trigger);
          }
          repository.saveAndFlush(entity);
          story.saved(entity.record(), before, entity.asRequest(), Set.of());
          if (over) {
            plans.remove(entity.id());
          } else if (!entity.paused) {
            plans.put(entity.id(), trigger);
          }
          return views.of(entity);
        },
        CONSTRAINTS);
  }

  /**
   * From when on a changed schedule fires. One that may make up what was missed begins at its
   * start, but not when a document has that; when that is not what was changed, it goes on where it
   * is.
   */
  private Instant from(
      ScheduleEntity schedule, @Nullable Instant oldStart, Instant now, Origin origin) {
    if (schedule.misfire == Misfire.SKIP) {
      return later(schedule.startAt, now);
    }
    if (schedule.id == null || !Objects.equals(schedule.startAt, oldStart)) {
      return origin == Origin.DOCUMENT
          ? later(schedule.startAt, now)
          : Objects.requireNonNullElse(schedule.startAt, now);
    }
    Instant next = views.next(schedule.id);
    return next != null && next.isBefore(now) ? next : later(schedule.startAt, now);
  }

  private static Instant later(@Nullable Instant start, Instant now) {
    return start != null && start.isAfter(now) ? start : now;
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private ScheduleEntity locked(long id) {
    return repository
        .findLockedById(id)
        .orElseThrow(() -> ProblemException.notFound("schedule", id));
  }
}
