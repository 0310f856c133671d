package org.mqttintegration.bridge.trace;

import static org.mqttintegration.bridge.trace.Step.Outcome.AGAIN;
import static org.mqttintegration.bridge.trace.Step.Outcome.FAILED;
import static org.mqttintegration.bridge.trace.Step.Outcome.FAILED_AGAIN;
import static org.mqttintegration.bridge.trace.Step.Outcome.RETRIED;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.bridge.trace.StepStore.Kept;
import org.mqttintegration.history.JourneyDraft;
import org.mqttintegration.history.JourneyPart;
import org.mqttintegration.history.JourneyRecords;
import org.mqttintegration.history.JourneyStep;
import org.mqttintegration.history.JourneyStep.Outcome;
import org.mqttintegration.history.JourneyStep.Reason;
import org.mqttintegration.history.JourneyStep.What;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What routes did with a message, and do now. */
@Component
@Order(10)
class TracedJourney implements JourneyPart {

  private final RouteTrace trace;
  private final StepStore store;
  private final TraceSettings settings;

  TracedJourney(RouteTrace trace, StepStore store, TraceSettings settings) {
    this.trace = trace;
    this.store = store;
    this.settings = settings;
  }

  @Override
  public void addTo(JourneyDraft journey) {
    if (settings.enabled()) {
      journey.routeStepsSince(Instant.now().minus(settings.keep()));
    }
    if (journey.message().sent()) {
      return; // routes receive what was received
    }
    long id = journey.message().id();
    Set<String> ended = new HashSet<>();
    for (Kept kept : store.of(id, journey.message().timestamp())) {
      if (kept.target() != null) {
        journey.add(target(kept, kept.target()));
      } else {
        ended.add(kept.exchangeId());
        addRun(kept, journey);
      }
    }
    for (Run run : trace.runningOf(id)) {
      if (ended.add(run.exchangeId())) {
        journey.add(
            JourneyStep.of(What.ROUTE_BEGUN, run.begunAt())
                .with(Outcome.WAITING, Reason.NONE)
                .of(JourneyRecords.route(run.routeId(), run.exchangeId(), null)));
      }
    }
  }

  private static JourneyStep target(Kept kept, String target) {
    return JourneyStep.of(What.TARGET, kept.begunAt())
        .lasting(kept.time())
        .at(target)
        .attempt(kept.attempt())
        .with(kept.is(FAILED) ? Outcome.FAILED : Outcome.DONE, reason(kept))
        .of(records(kept, null));
  }

  private static void addRun(Kept kept, JourneyDraft journey) {
    boolean retry = kept.is(RETRIED) || kept.is(FAILED_AGAIN);
    journey.add(
        JourneyStep.of(retry ? What.DEAD_LETTER_RETRIED : What.ROUTE_BEGUN, kept.begunAt())
            .of(records(kept, retry ? kept.deadLetterId() : null)));
    boolean failed = kept.is(FAILED) || kept.is(FAILED_AGAIN);
    Outcome outcome = failed ? Outcome.FAILED : kept.is(AGAIN) ? Outcome.WAITING : Outcome.DONE;
    journey.add(
        JourneyStep.of(What.ROUTE_ENDED, kept.begunAt().plus(kept.time()))
            .lasting(kept.time())
            .with(outcome, reason(kept))
            .of(records(kept, kept.deadLetterId())));
    if (!kept.complete()) {
      journey.add(
          JourneyStep.of(What.NOT_TRACED, kept.begunAt())
              .with(Outcome.UNKNOWN, Reason.NONE)
              .of(records(kept, null)));
    }
  }

  private static Reason reason(Kept kept) {
    return Reason.thrown(kept.exception(), kept.message());
  }

  private static JourneyRecords records(Kept kept, @Nullable Long deadLetter) {
    return JourneyRecords.route(kept.routeId(), kept.exchangeId(), deadLetter);
  }
}
