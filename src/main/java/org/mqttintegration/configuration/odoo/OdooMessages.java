package org.mqttintegration.configuration.odoo;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.history.Direction;
import org.mqttintegration.history.PastMessage;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.signal.Signal;
import org.mqttintegration.subscription.Subscription;

/** Makes messages of the history of rows. */
final class OdooMessages {

  private static final Set<String> SENT = Set.of("send", "outgoing");
  private static final Set<String> RECEIVED = Set.of("receive", "received", "incoming");

  private final OdooRelations relations;
  private final ZoneId zone;

  /**
   * For a file.
   *
   * @param zone the time zone of its times
   */
  OdooMessages(OdooRelations relations, ZoneId zone) {
    this.relations = relations;
    this.zone = zone;
  }

  PastMessage message(OdooRow row) {
    Direction direction = direction(row);
    Signal signal = relations.signal(row);
    long broker = signal == null ? relations.broker(row) : signal.brokerId();
    Subscription subscription = relations.subscription(row, broker);
    Integer qos = row.number("qos");
    if (qos != null && (qos < 0 || qos > 2)) {
      throw ProblemException.invalid("qos", "QoS is 0, 1 or 2.");
    }
    return new PastMessage(
        direction,
        broker,
        direction == Direction.RECEIVE && subscription != null ? subscription.id() : null,
        signal == null ? null : signal.id(),
        topic(row, signal, subscription),
        payload(row),
        qos == null ? 0 : qos,
        row.flag("retain"),
        row.instant("timestamp", zone));
  }

  private static Direction direction(OdooRow row) {
    String word = row.needed("direction").toLowerCase(Locale.ROOT);
    if (SENT.contains(word)) {
      return Direction.SEND;
    }
    if (RECEIVED.contains(word)) {
      return Direction.RECEIVE;
    }
    throw ProblemException.invalid("direction", "send, receive, outgoing or incoming.");
  }

  private static String topic(
      OdooRow row, @Nullable Signal signal, @Nullable Subscription subscription) {
    String topic = row.text("topic");
    if (topic != null) {
      return topic;
    }
    if (signal != null) {
      return signal.topic();
    }
    if (subscription != null) {
      return subscription.topic();
    }
    throw ProblemException.invalid("topic", "It is needed.");
  }

  /** What was published: a format that stands for bytes was turned into them before. */
  private static byte[] payload(OdooRow row) {
    String text = row.textOrEmpty("payload");
    String format = row.textOrEmpty("format_payload").toLowerCase(Locale.ROOT);
    try {
      return switch (format) {
        case "base64" -> Base64.getDecoder().decode(text.strip());
        case "hex" -> HexFormat.of().parseHex(text.replaceAll("\\s", ""));
        default -> text.getBytes(StandardCharsets.UTF_8);
      };
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("payload", "It is not what format_payload says.");
    }
  }
}
