package org.mqttintegration.send;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.Account;
import org.mqttintegration.problem.ProblemException;

/**
 * A key under which a request is accepted once.
 *
 * @param caller who asks; each has keys of its own
 * @param key the key
 * @param requestHash a digest of what is asked for
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record IdempotencyKey(String caller, String key, byte[] requestHash) {

  private static final int LONGEST = 255;

  /**
   * The key of a REST request.
   *
   * @param request with its headers
   * @param body as it came, null for none
   * @return null without a key
   * @throws ProblemException when it is not one
   */
  static @Nullable IdempotencyKey of(Message request, @Nullable String body) {
    String key = request.getHeader("Idempotency-Key", String.class);
    if (key == null) {
      return null;
    }
    if (key.isBlank()
        || key.length() > LONGEST
        || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw ProblemException.invalid(
          "Idempotency-Key", "A key is 1 to 255 visible ASCII characters.");
    }
    Account account = Account.current();
    String operation = request.getHeader(Exchange.HTTP_URI, "", String.class);
    return new IdempotencyKey(
        account == null ? "" : "account " + account.name(),
        key,
        hash(operation + '\n' + (body == null ? "" : body)));
  }

  /**
   * The key that a route gives, which stands for any message.
   *
   * @return null without a key
   */
  static @Nullable IdempotencyKey ofRoute(@Nullable String key) {
    return key == null ? null : new IdempotencyKey("route", key, hash(key));
  }

  private static byte[] hash(String request) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(request.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
