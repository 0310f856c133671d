package org.mqttintegration.send;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.Account;
import org.mqttintegration.resource.WireName;

/**
 * Who or what asked for a send.
 *
 * @param kind which sort of origin, null when that is not known
 * @param account the login name of who asked over REST or in the console
 * @param scheduleId the schedule that fired
 * @param routeId the route that sends
 * @param historyId the message that the route made it of
 */
public record SendOrigin(
    @Nullable Kind kind,
    @Nullable String account,
    @Nullable Long scheduleId,
    @Nullable String routeId,
    @Nullable Long historyId) {

  /** A property of the exchange that goes to {@code direct:publish}: the origin. */
  public static final String PROPERTY = "mqttSendOrigin";

  static final SendOrigin UNKNOWN = new SendOrigin(null, null, null, null, null);

  /** Which sort of origin. */
  @EnumNaming(CamelCaseStrategy.class)
  public enum Kind {
    /** Somebody, over REST or in the console. */
    REST,
    /** Somebody who waits for a response. */
    REQUEST,
    /** A schedule that fired. */
    SCHEDULE,
    /** A route of a file. */
    ROUTE
  }

  /** Whoever this thread works for. */
  static SendOrigin rest() {
    return new SendOrigin(Kind.REST, signedIn(), null, null, null);
  }

  /** Whoever this thread works for, who waits for a response. */
  public static SendOrigin request() {
    return new SendOrigin(Kind.REQUEST, signedIn(), null, null, null);
  }

  /** A schedule. */
  public static SendOrigin schedule(long id) {
    return new SendOrigin(Kind.SCHEDULE, null, id, null, null);
  }

  /** A route, and the message that it has; null when it has none of the history. */
  public static SendOrigin route(@Nullable String routeId, @Nullable Long historyId) {
    return new SendOrigin(Kind.ROUTE, null, null, routeId, historyId);
  }

  private static @Nullable String signedIn() {
    Account account = Account.current();
    return account == null ? null : account.name();
  }

  static SendOrigin of(Exchange exchange, SendOrigin otherwise) {
    return exchange.getProperty(PROPERTY, otherwise, SendOrigin.class);
  }

  static SendOrigin of(ResultSet row) throws SQLException {
    return new SendOrigin(
        WireName.constant(Kind.class, row.getString("origin")),
        row.getString("origin_account"),
        row.getObject("origin_schedule_id", Long.class),
        row.getString("origin_route_id"),
        row.getObject("origin_history_id", Long.class));
  }
}
