package org.mqttintegration.activity;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.WireName;

/** The kinds of record that a story is told of. */
@EnumNaming(CamelCaseStrategy.class)
public enum RecordKind {
  /** A broker; it has a thread. */
  BROKER("brokers"),
  /** A subscription; it has a thread. */
  SUBSCRIPTION("subscriptions"),
  /** A signal; it has a thread. */
  SIGNAL("signals"),
  /** A route file, by its name; it has a thread. */
  ROUTE_FILE("route-files"),
  /** A schedule. */
  SCHEDULE(null),
  /** A user's account. */
  USER(null),
  /** A token of an account. */
  TOKEN(null),
  /** A secret of route files, or the keys of all. */
  SECRET(null);

  private final @Nullable String path;

  RecordKind(@Nullable String path) {
    this.path = path;
  }

  /** The kind whose records have threads below that path of REST. */
  static Optional<RecordKind> ofPath(@Nullable String path) {
    return Arrays.stream(values())
        .filter(kind -> kind.path != null && kind.path.equals(path))
        .findFirst();
  }

  /** Where its records are in REST. */
  String path() {
    return path == null ? "" : path;
  }

  /** As JSON and the database have it. */
  String word() {
    return WireName.of(this);
  }

  /** For a person to read. */
  String noun() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
