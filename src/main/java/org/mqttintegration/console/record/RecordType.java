package org.mqttintegration.console.record;

import static org.mqttintegration.console.record.Column.code;
import static org.mqttintegration.console.record.Column.naming;
import static org.mqttintegration.console.record.Column.reference;
import static org.mqttintegration.console.record.Column.state;
import static org.mqttintegration.console.record.Column.text;
import static org.mqttintegration.console.record.Column.time;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mqttintegration.console.ConsolePaths;
import org.springframework.util.StringUtils;

/** A kind of record, and what its pages have of their own. */
enum RecordType {
  BROKERS(
      "broker",
      List.of(
          naming("name", true),
          text("urlScheme"),
          code("host"),
          text("port"),
          state("liveStatus", false),
          state("connectionStatus", true)),
      Set.of("name", "urlScheme", "host", "port", "username", "password", "note"),
      List.of("urlScheme", "host", "liveStatus", "connectionStatus"),
      List.of(),
      true),
  SUBSCRIPTIONS(
      "subscription",
      List.of(
          naming("topic", true),
          reference("brokerId"),
          text("qos"),
          state("subscriptionStatus", false),
          time("subscriptionTime", true)),
      Set.of("brokerId", "topic", "qos"),
      List.of("brokerId", "subscriptionStatus", "qos"),
      List.of(
          new Act("subscribe", "Subscribe", "subscribe", "The broker was asked."),
          new Act("unsubscribe", "Unsubscribe", "unsubscribe", "The broker was asked.")),
      true),
  SIGNALS(
      "signal",
      List.of(
          naming("name", true),
          reference("brokerId"),
          code("topic"),
          text("qos"),
          time("sendAt", true)),
      Set.of("name", "brokerId", "topic", "payload", "payloadFormat", "qos", "retain"),
      List.of("brokerId", "qos", "retain"),
      List.of(),
      true),
  SCHEDULES(
      "schedule",
      List.of(
          naming("displayName", false),
          reference("signalId"),
          state("state", false),
          time("lastFiredAt", true)),
      Set.of("signalId", "at", "every", "cron", "timeZone"),
      List.of("signalId", "state"),
      List.of(
          new Act("pause", "Pause", "pauseSchedule", "It is paused."),
          new Act("resume", "Resume", "resumeSchedule", "It goes on.")),
      false);

  /** What no two records have alike, or what names them. */
  static final Set<String> OWN = Set.of("clientId", "name");

  private final String noun;
  private final List<Column> columns;
  private final Set<String> firstFields;
  private final List<String> groupedBy;
  private final List<Act> acts;
  private final boolean story;

  RecordType(
      String noun,
      List<Column> columns,
      Set<String> firstFields,
      List<String> groupedBy,
      List<Act> acts,
      boolean story) {
    this.noun = noun;
    this.columns = columns;
    this.firstFields = firstFields;
    this.groupedBy = groupedBy;
    this.acts = acts;
    this.story = story;
  }

  static Optional<RecordType> ofPath(String path) {
    return Arrays.stream(values()).filter(type -> type.path().equals(path)).findFirst();
  }

  /** The word for them in the paths of REST and of the console. */
  public String path() {
    return noun + "s";
  }

  /** Where their pages are. */
  public String base() {
    return ConsolePaths.BASE + "/" + path();
  }

  public String noun() {
    return noun;
  }

  /** A heading for them all. */
  public String title() {
    return StringUtils.capitalize(path());
  }

  public List<Column> columns() {
    return columns;
  }

  /** Whether a field of the form is one that nearly everybody fills in. */
  public boolean isFirst(String field) {
    return firstFields.contains(field);
  }

  /** The fields that a list can be grouped by. */
  public List<String> groupedBy() {
    return groupedBy;
  }

  public List<Act> acts() {
    return acts;
  }

  /** Whether its records have a thread, followers and activities. */
  public boolean hasStory() {
    return story;
  }

  /** The kinds whose records name one of this kind. */
  List<RecordType> users() {
    return switch (this) {
      case BROKERS -> List.of(SUBSCRIPTIONS, SIGNALS);
      case SUBSCRIPTIONS -> List.of(SIGNALS);
      case SIGNALS -> List.of(SCHEDULES);
      case SCHEDULES -> List.of();
    };
  }

  /** Those of them that go with it when it is deleted; the others stay. */
  List<RecordType> takenAlong() {
    return this == SUBSCRIPTIONS ? List.of() : users();
  }

  /** When its pages look again, in the words of htmx. */
  public String liveBy() {
    return this == BROKERS || this == SUBSCRIPTIONS
        ? "sse:brokers, sse:beat"
        : "sse:sends, sse:beat";
  }

  /** The field that names a record. */
  public String titleField() {
    return columns.get(0).field();
  }

  public String list() {
    return "list" + title();
  }

  public String create() {
    return "create" + StringUtils.capitalize(noun);
  }

  public String get() {
    return "get" + StringUtils.capitalize(noun);
  }

  public String patch() {
    return "patch" + StringUtils.capitalize(noun);
  }

  public String delete() {
    return "delete" + StringUtils.capitalize(noun);
  }
}
