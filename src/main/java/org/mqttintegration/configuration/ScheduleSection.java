package org.mqttintegration.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.schedule.Schedule;
import org.mqttintegration.schedule.ScheduleFilter;
import org.mqttintegration.schedule.ScheduleRequest;
import org.mqttintegration.schedule.ScheduleService;
import org.mqttintegration.schedule.ScheduleState;
import org.mqttintegration.signal.SignalService;
import org.springframework.core.annotation.Order;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.stereotype.Component;

/** Schedules, by their signal and when they fire: another time is another schedule. */
@Component
@Order(4)
class ScheduleSection implements Section {

  private static final String SIGNAL = "signal";
  private static final String SIGNAL_NUMBER = "signalNumber";
  private static final String START_AT = "startAt";
  private static final String PAUSED = "paused";
  private static final List<String> FIELDS =
      List.of("at", "every", "cron", "timeZone", START_AT, "endAt", "misfire");

  private final ScheduleService schedules;
  private final SignalSection signals;
  private final SignalService services;
  private final NamedBrokers brokers;
  private final ItemFields fields;

  ScheduleSection(
      ScheduleService schedules,
      SignalSection signals,
      SignalService services,
      NamedBrokers brokers,
      ItemFields fields) {
    this.schedules = schedules;
    this.signals = signals;
    this.services = services;
    this.brokers = brokers;
    this.fields = fields;
  }

  @Override
  public String name() {
    return ConfigurationDocument.SCHEDULES;
  }

  @Override
  public List<StoredItem> stored() {
    Map<Long, StoredItem> known = new HashMap<>();
    signals.stored().forEach(signal -> known.put(signal.id(), signal));
    Map<String, Integer> alike = new HashMap<>();
    List<StoredItem> items = new ArrayList<>();
    for (Schedule schedule :
        schedules.list(new ScheduleFilter(null), Pageable.unpaged(Sort.by("id"))).items()) {
      ObjectNode signal = Objects.requireNonNull(known.get(schedule.signalId())).fields();
      ObjectNode item = item(schedule, signal);
      ItemFields.number(item, alike.merge(key(item), 1, Integer::sum));
      items.add(new StoredItem(schedule.id(), key(item), item, isOver(schedule)));
    }
    return items;
  }

  private static boolean isOver(Schedule schedule) {
    return schedule.state() == ScheduleState.FINISHED;
  }

  /** Without its number, which does not change when it does. */
  @Override
  public ObjectNode read(long id) {
    Schedule schedule = schedules.get(id);
    return item(schedule, signals.read(schedule.signalId()));
  }

  private ObjectNode item(Schedule schedule, ObjectNode signal) {
    ObjectNode item = fields.none();
    item.set(SIGNAL, signal.path("name"));
    int number = ItemFields.number(signal);
    if (number > 1) {
      item.put(SIGNAL_NUMBER, number);
    }
    item.set(NamedBrokers.FIELD, signal.path(NamedBrokers.FIELD));
    fields.add(item, schedule, FIELDS);
    if (schedule.values() != null && !schedule.values().isEmpty()) {
      ObjectNode values = item.putObject("values"); // null is a value in there
      schedule.values().forEach(values::set);
    }
    return fields.asRead(item.put(PAUSED, schedule.state() == ScheduleState.PAUSED));
  }

  @Override
  public String key(ObjectNode item) {
    return "%s: %s%s"
        .formatted(
            SignalSection.key(item, SIGNAL, SIGNAL_NUMBER),
            timing(item),
            ItemFields.suffix(ItemFields.number(item)));
  }

  /** When it fires, however that is written. */
  private static String timing(ObjectNode item) {
    try {
      if (item.hasNonNull("at")) {
        return "at " + Instant.parse(item.path("at").asText()).truncatedTo(ChronoUnit.MILLIS);
      }
      if (item.hasNonNull("every")) {
        return "every " + Duration.parse(item.path("every").asText());
      }
    } catch (DateTimeException e) {
      return "at no time"; // its own check tells more
    }
    String zone = item.path("timeZone").asText("UTC");
    return "%s %s".formatted(item.path("cron").asText().strip(), zone);
  }

  @Override
  public boolean isSame(StoredItem stored, ObjectNode item) {
    return stored.fields().equals(item) || stored.over() && says(stored.fields(), item);
  }

  /** What is over need not be stored again when it says nothing else. */
  private static boolean says(ObjectNode stored, ObjectNode item) {
    return item.properties().stream()
        .filter(field -> !List.of("at", "every", "cron").contains(field.getKey()))
        .allMatch(
            field -> {
              JsonNode value = stored.path(field.getKey());
              return value.equals(field.getValue()) || field.getValue().isNull();
            });
  }

  @Override
  public long add(ObjectNode item) {
    ObjectNode request = ItemFields.copy(item);
    boolean paused = ItemFields.take(request, PAUSED, false);
    long id = schedules.takeOver(null, request(request)).id();
    if (paused) {
      schedules.pause(id);
    }
    return id;
  }

  @Override
  public boolean isOver(long id) {
    return isOver(schedules.get(id));
  }

  @Override
  public void replace(StoredItem stored, ObjectNode item) {
    ObjectNode request = ItemFields.copy(item);
    boolean paused = ItemFields.take(request, PAUSED, false);
    if (request.hasNonNull("every") && !request.hasNonNull(START_AT)) {
      request.set(START_AT, stored.fields().get(START_AT)); // it goes on counting from there
    }
    schedules.takeOver(stored.id(), request(request));
    if (paused != stored.fields().path(PAUSED).booleanValue()) {
      setPaused(stored.id(), paused);
    }
  }

  private void setPaused(long id, boolean paused) {
    if (paused) {
      schedules.pause(id);
    } else {
      schedules.resume(id);
    }
  }

  private ScheduleRequest request(ObjectNode request) {
    int number = ItemFields.number(request, SIGNAL_NUMBER);
    List<Long> ids = services.idsOf(brokers.id(request), ItemFields.text(request, SIGNAL));
    if (ids.size() < number) {
      throw ProblemException.invalid(SIGNAL, "The broker has no signal of that name.");
    }
    request.remove(List.of(SIGNAL, SIGNAL_NUMBER, NamedBrokers.FIELD, "number"));
    request.put("signalId", ids.get(number - 1));
    return fields.request(request, ScheduleRequest.class);
  }

  @Override
  public void remove(long id) {
    schedules.delete(id);
  }
}
