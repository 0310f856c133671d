package org.mqttintegration.history;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An interval in which messages of a subscription may have been missed.
 *
 * @param id its id
 * @param brokerId the subscription's broker
 * @param subscriptionId the subscription
 * @param cause why
 * @param affects which messages
 * @param from when it began at the earliest
 * @param to when it was over at the latest, null while it lasts
 * @param messages how many are missing, null when nobody knows
 */
public record Gap(
    long id,
    long brokerId,
    long subscriptionId,
    Cause cause,
    Affects affects,
    Instant from,
    @Nullable Instant to,
    @Nullable Long messages) {

  /** Why messages may be missing. */
  public enum Cause {
    /** The connection was lost, and the broker resumed the session. */
    DISCONNECTED("disconnected"),
    /** The connection was lost, and ours asks for a new session each time. */
    CLEAN_START("cleanStart"),
    /** The connection was lost, and the broker did not keep the session. */
    SESSION_LOST("sessionLost"),
    /** The application was not running. */
    APPLICATION_DOWN("applicationDown"),
    /** More QoS 0 messages came than could be recorded. */
    QOS0_DROPPED("qos0Dropped");

    private final String word;

    Cause(String word) {
      this.word = word;
    }

    /** As in the database and on the wire. */
    @JsonValue
    public String word() {
      return word;
    }

    static Cause of(String word) {
      for (Cause cause : values()) {
        if (cause.word.equals(word)) {
          return cause;
        }
      }
      throw new IllegalArgumentException("no cause of a gap: " + word);
    }
  }

  /** Which messages may be missing. */
  public enum Affects {
    /** Those of QoS 0: the broker kept the others for us. */
    QOS0("qos0"),
    /** Of any QoS. */
    ALL("all");

    private final String word;

    Affects(String word) {
      this.word = word;
    }

    /** As in the database and on the wire. */
    @JsonValue
    public String word() {
      return word;
    }
  }
}
