package org.mqttintegration.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.stereotype.Component;

/**
 * How many requests an account, and an address, may make. Counted in memory; what other nodes let
 * through is told by them, and counts as well.
 */
@Component
public class RateLimits {

  private static final int MOST = 10_000;
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final AccessSettings.RateLimit limit;
  private final Cache<String, Counted> counted =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(KEPT).build();

  RateLimits(AccessSettings settings) {
    this.limit = settings.rateLimit();
  }

  /**
   * The requests of one account or address.
   *
   * @param bucket what it may still ask for
   * @param untold how many were let through that no other node was told of
   */
  private record Counted(Bucket bucket, LongAdder untold) {

    /** How many there are to be told of, if they are as many as that. */
    long toTell(long least) {
      return untold.sum() < least ? 0 : untold.sumThenReset();
    }
  }

  /** How long to wait for the next one when this request is one too many, else zero. */
  private Duration take(String whose) {
    if (!limit.enabled()) {
      return Duration.ZERO;
    }
    Counted requests = of(whose);
    ConsumptionProbe probe = requests.bucket().tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      return Duration.ofNanos(probe.getNanosToWaitForRefill());
    }
    requests.untold().increment();
    return Duration.ZERO;
  }

  private Counted of(String whose) {
    return counted.get(whose, key -> new Counted(bucket(), new LongAdder()));
  }

  /**
   * How many requests were let through since they were told of the last time, by whose they are.
   * Not of those who ask for next to nothing: a hundredth of what is allowed in a second is told.
   */
  public Map<String, Long> toTell() {
    long least = Math.max(1, limit.requestsPerSecond() / 100);
    Map<String, Long> numbers = new HashMap<>();
    counted
        .asMap()
        .forEach(
            (whose, requests) -> {
              long number = requests.toTell(least);
              if (number > 0) {
                numbers.put(whose, number);
              }
            });
    return numbers;
  }

  /** Counts requests that another node let through. */
  public void count(String whose, long requests) {
    of(whose).bucket().consumeIgnoringRateLimits(requests);
  }

  private void require(String whose, String words) {
    Duration wait = take(whose);
    if (!wait.isZero()) {
      throw new ProblemException(
              ProblemType.TOO_MANY_REQUESTS, "Too many requests came %s.".formatted(words))
          .retryAfter(wait);
    }
  }

  /** Refuses a request when its address asked for too much. */
  public void requireOfAddress(String address) {
    require("address " + NetworkAddress.counted(address), "from this address");
  }

  /** Refuses a request when its account asked for too much. */
  public void requireOfAccount(String name) {
    require("account " + name, "of this account");
  }

  private Bucket bucket() {
    return Bucket.builder()
        .addLimit(
            bandwidth ->
                bandwidth
                    .capacity(limit.burst())
                    .refillGreedy(limit.requestsPerSecond(), Duration.ofSeconds(1)))
        .build();
  }
}
