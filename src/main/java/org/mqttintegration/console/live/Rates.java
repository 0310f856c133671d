package org.mqttintegration.console.live;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How many messages a second this node received, sent and dropped in the last minute. */
@Component
public class Rates {

  /** Seconds that are remembered. */
  public static final int SECONDS = 60;

  private static final int MEAN_OF = 5;

  private final MeterRegistry meters;
  private final Map<Counted, long[]> totals = new EnumMap<>(Counted.class);

  /** What is counted. */
  public enum Counted {
    /** Messages that were received and stored. */
    RECEIVED("mqtt.history.recorded"),
    /** Sends that have their outcome. */
    SENT("mqtt.sends.finished"),
    /** QoS 0 messages that were dropped because too many were waiting. */
    DROPPED("mqtt.history.dropped");

    private final String meter;

    Counted(String meter) {
      this.meter = meter;
    }
  }

  /**
   * The last minute.
   *
   * @param perSecond the messages of each second, oldest first
   */
  public record Minute(int[] perSecond) {

    /** The mean of the last seconds. */
    public double now() {
      return Arrays.stream(perSecond, perSecond.length - MEAN_OF, perSecond.length)
          .average()
          .orElse(0);
    }

    /** The largest. */
    public int most() {
      return Arrays.stream(perSecond).max().orElse(0);
    }

    /** As points of an SVG polyline, one unit of width a second, of that height. */
    public String points(int height) {
      double most = Math.max(1, most());
      return IntStream.range(0, perSecond.length)
          .mapToObj(
              i -> String.format(Locale.ROOT, "%d,%.1f", i, height - perSecond[i] / most * height))
          .reduce((a, b) -> a + " " + b)
          .orElse("");
    }
  }

  Rates(MeterRegistry meters) {
    this.meters = meters;
    for (Counted counted : Counted.values()) {
      long[] since = new long[SECONDS + 1];
      Arrays.fill(since, Counts.of(meters, counted.meter));
      totals.put(counted, since);
    }
  }

  @Scheduled(initialDelay = 1, fixedRate = 1, timeUnit = TimeUnit.SECONDS)
  synchronized void count() {
    totals.forEach(
        (counted, since) -> {
          System.arraycopy(since, 1, since, 0, SECONDS);
          since[SECONDS] = Counts.of(meters, counted.meter);
        });
  }

  /** The last minute of what is counted. */
  public synchronized Minute of(Counted counted) {
    long[] since = totals.getOrDefault(counted, new long[SECONDS + 1]);
    return new Minute(
        IntStream.range(0, SECONDS).map(i -> (int) (since[i + 1] - since[i])).toArray());
  }
}
