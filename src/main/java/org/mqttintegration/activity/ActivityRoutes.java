package org.mqttintegration.activity;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.apache.camel.Exchange;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.CurrentActor;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.MergePatch;
import org.mqttintegration.resource.RequestParameters;
import org.mqttintegration.resource.RequestValidator;
import org.mqttintegration.resource.ResourceRoutes;
import org.springframework.stereotype.Component;

/** The activities of records over REST. */
@Component
class ActivityRoutes extends ResourceRoutes {

  private final RecordPath path;
  private final Activities activities;
  private final RequestValidator validator;
  private final MergePatch mergePatch;
  private final CurrentActor actor;

  ActivityRoutes(
      RecordPath path,
      Activities activities,
      RequestValidator validator,
      MergePatch mergePatch,
      CurrentActor actor) {
    this.path = path;
    this.activities = activities;
    this.validator = validator;
    this.mergePatch = mergePatch;
    this.actor = actor;
  }

  @Override
  public void configure() {
    answer(
        operation("listActivities", "Lists activities, the first to be done first"),
        e -> list(e, null));
    answer(
        operation("listRecordActivities", "Lists the activities of a record"),
        e -> list(e, path.record(e)));
    operation("createActivity", "Opens an activity")
        .unmarshal()
        .json(ActivityRequest.class)
        .process(this::create)
        .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(201))
        .marshal()
        .json();
    answer(operation("getActivity", "Reads an activity"), e -> activities.get(id(e)));
    answer(
        operation("patchActivity", "Changes fields of an activity"), JsonNode.class, this::patch);
    close(operation("completeActivity", "Ends an activity as done"), true);
    close(operation("cancelActivity", "Ends an activity that nobody needs to do"), false);
  }

  /** The feedback may be left out, with the whole body. */
  private void close(RouteDefinition route, boolean done) {
    route
        .filter(body().isNotNull())
        .unmarshal()
        .json(FeedbackRequest.class)
        .end()
        .setBody(e -> close(id(e), done, e.getMessage().getBody(FeedbackRequest.class)))
        .marshal()
        .json();
  }

  private void create(Exchange exchange) {
    ActivityRequest request = validator.check(exchange.getMessage().getBody(ActivityRequest.class));
    Activity activity = activities.create(path.record(exchange), request);
    exchange.getMessage().setBody(activity);
    exchange.getMessage().setHeader("Location", "/api/v1/activities/" + activity.id());
  }

  private Activity patch(long id, @Nullable JsonNode patch) {
    return activities.change(
        id, old -> validator.check(mergePatch.apply(old, patch, ActivityRequest.class)));
  }

  private Activity close(long id, boolean done, @Nullable FeedbackRequest request) {
    return activities.close(id, done, request == null ? null : validator.check(request).feedback());
  }

  private ActivityPage list(Exchange exchange, @Nullable RecordRef record) {
    RequestParameters parameters = RequestParameters.of(exchange);
    String assignee = parameters.text("assignee");
    ActivityState state = parameters.choice("state", ActivityState.class);
    return activities.list(
        new ActivityFilter(
            record,
            "me".equals(assignee) ? actor.get().name() : assignee,
            date(parameters.text("due")),
            state,
            record == null && state == null),
        parameters.limit(),
        AuditQuery.cursor(parameters));
  }

  private static @Nullable LocalDate date(@Nullable String text) {
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw ProblemException.invalid("due", "A date is written as 2026-01-31.");
    }
  }
}
