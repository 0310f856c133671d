package org.mqttintegration.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.stereotype.Component;

/** How many requests an account, and an address, may make. Kept in memory, for each node apart. */
@Component
public class RateLimits {

  private static final int MOST = 10_000;
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final AccessSettings.RateLimit limit;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(KEPT).build();

  RateLimits(AccessSettings settings) {
    this.limit = settings.rateLimit();
  }

  /** How long to wait for the next one when this request is one too many, else zero. */
  private Duration take(String whose) {
    if (!limit.enabled()) {
      return Duration.ZERO;
    }
    ConsumptionProbe probe = buckets.get(whose, key -> bucket()).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
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
