package org.mqttintegration.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.apache.camel.Exchange;
import org.mqttintegration.resource.ItemPage;
import org.mqttintegration.resource.RequestParameters;
import org.mqttintegration.resource.ResourceRoutes;
import org.springframework.stereotype.Component;

/** The operations on schedules over REST. */
@Component
class ScheduleRoutes extends ResourceRoutes {

  private static final List<String> SORTABLE = List.of("id", "signalId", "lastFiredAt");

  private final ScheduleService schedules;

  ScheduleRoutes(ScheduleService schedules) {
    this.schedules = schedules;
  }

  @Override
  public void configure() {
    answer(operation("listSchedules", "Lists schedules"), this::list);
    created(
        operation("createSchedule", "Stores a schedule"),
        ScheduleRequest.class,
        schedules::create,
        schedule -> "/schedules/" + schedule.id());
    answer(operation("getSchedule", "Reads a schedule"), e -> schedules.get(id(e)));
    answer(
        operation("replaceSchedule", "Replaces a schedule"),
        ScheduleRequest.class,
        schedules::replace);
    answer(
        operation("patchSchedule", "Changes fields of a schedule"),
        JsonNode.class,
        schedules::patch);
    deleted(operation("deleteSchedule", "Deletes a schedule"), e -> schedules.delete(id(e)));
    answer(operation("pauseSchedule", "Pauses a schedule"), e -> schedules.pause(id(e)));
    answer(operation("resumeSchedule", "Resumes a schedule"), e -> schedules.resume(id(e)));
  }

  private ItemPage<Schedule> list(Exchange exchange) {
    RequestParameters parameters = RequestParameters.of(exchange);
    ScheduleFilter filter = new ScheduleFilter(parameters.number("signalId"));
    return schedules.list(filter, parameters.page(SORTABLE));
  }
}
