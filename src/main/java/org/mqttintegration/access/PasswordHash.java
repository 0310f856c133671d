package org.mqttintegration.access;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/** Argon2id, with the parameters that OWASP recommends. A few at once: each takes 19 MiB. */
@Component
class PasswordHash {

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int MEMORY_KIB = 19_456;
  private static final int ITERATIONS = 2;
  private static final int AT_ONCE = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Argon2PasswordEncoder encoder =
      new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, 1, MEMORY_KIB, ITERATIONS);
  private final Semaphore places = new Semaphore(AT_ONCE, true);
  private final String nobodys = encoder.encode("nobody");

  /** What is stored of a password. */
  String of(String password) {
    take();
    try {
      return encoder.encode(password);
    } finally {
      places.release();
    }
  }

  /**
   * Whether that is the password. It takes as long where there is none.
   *
   * @param hash what is stored, null where nothing is
   */
  boolean matches(String password, @Nullable String hash) {
    take();
    try {
      return encoder.matches(password, hash == null ? nobodys : hash) && hash != null;
    } finally {
      places.release();
    }
  }

  private void take() {
    try {
      if (!places.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw ProblemException.notServing().retryAfter(PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
