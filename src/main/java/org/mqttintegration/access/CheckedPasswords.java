package org.mqttintegration.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Passwords that were right a short while ago, so that not each request costs an Argon2. Neither
 * they nor anything that outlives the process is kept: HMACs, with a key of the process, of where
 * they came from, the account, the password and its stored hash. A password that changed is not
 * found any more.
 */
@Component
class CheckedPasswords {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int MOST = 10_000;

  private final SecretKeySpec key;
  private final Cache<String, Boolean> right =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(Duration.ofMinutes(5)).build();
  private final ConcurrentMap<String, CompletableFuture<Boolean>> running =
      new ConcurrentHashMap<>();

  CheckedPasswords() {
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, ALGORITHM);
  }

  /**
   * Whether the check says so, now or a short while ago. Requests that come with the same at once
   * are checked once.
   */
  boolean check(String id, BooleanSupplier check) {
    if (right.getIfPresent(id) != null) {
      return true;
    }
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    CompletableFuture<Boolean> other = running.putIfAbsent(id, mine);
    if (other != null) {
      return join(other);
    }
    try {
      boolean result = check.getAsBoolean();
      if (result) {
        right.put(id, true);
      }
      mine.complete(result);
      return result;
    } catch (RuntimeException e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      running.remove(id, mine);
    }
  }

  private static boolean join(CompletableFuture<Boolean> other) {
    try {
      return other.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  /** What stands for all these together. */
  String id(String... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        mac.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        mac.update(bytes);
      }
      return Base64.getEncoder().encodeToString(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
