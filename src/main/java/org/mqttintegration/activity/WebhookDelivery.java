package org.mqttintegration.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.mqttintegration.outbound.OutboundRefusedException;
import org.mqttintegration.secret.SecretException;
import org.mqttintegration.secret.Secrets;
import org.springframework.stereotype.Component;

/**
 * Posts JSON to followers, signed with the follower's secret. The URL is a header and not the
 * endpoint, so that nothing in it is a setting of ours.
 */
@Component
class WebhookDelivery {

  /** HMAC-SHA256 of the body. */
  static final String SIGNATURE = "X-Signature-256";

  private static final String OPTIONS =
      "?connectTimeout=5000&responseTimeout=15000&soTimeout=15000&ignoreResponseBody=true"
          + "&followRedirects=false&connectionClose=true";

  private final ProducerTemplate producer;
  private final Secrets secrets;
  private final ObjectMapper json;

  WebhookDelivery(ProducerTemplate producer, Secrets secrets, ObjectMapper json) {
    this.producer = producer;
    this.secrets = secrets;
    this.json = json;
  }

  /**
   * What is posted.
   *
   * @param delivery the same for each attempt
   * @param entries what happened, oldest first
   */
  record Body(String delivery, List<AuditEntry> entries) {}

  /**
   * Posts one.
   *
   * @throws DeliveryFailure when it was not answered with 2xx
   */
  void send(Delivery delivery) throws DeliveryFailure {
    byte[] body = body(delivery);
    Map<String, Object> headers = new LinkedHashMap<>();
    headers.put(Exchange.HTTP_METHOD, "POST");
    headers.put(Exchange.HTTP_URI, delivery.target());
    headers.put(Exchange.CONTENT_TYPE, "application/json");
    headers.put("X-Delivery", delivery.messageId().toString());
    secret(delivery).ifPresent(secret -> headers.put(SIGNATURE, signature(secret, body)));
    Exchange done =
        producer.request(
            delivery.target().startsWith("https:")
                ? "https:follower" + OPTIONS
                : "http:follower" + OPTIONS,
            exchange -> {
              exchange.getMessage().setHeaders(headers);
              exchange.getMessage().setBody(body);
            });
    if (done.getException() != null) {
      throw new DeliveryFailure(reason(done.getException()));
    }
  }

  private Optional<String> secret(Delivery delivery) throws DeliveryFailure {
    try {
      return secrets.read(Followers.secretName(delivery.followerId()));
    } catch (SecretException e) {
      throw new DeliveryFailure("The follower's secret cannot be read.");
    }
  }

  private byte[] body(Delivery delivery) {
    try {
      return json.writeValueAsBytes(new Body(delivery.messageId().toString(), delivery.entries()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String signature(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /** Without the URL, which may have a token in its query. */
  private static String reason(Exception failure) {
    if (failure instanceof HttpOperationFailedException answered) {
      return "It was answered with %d.".formatted(answered.getStatusCode());
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutboundRefusedException refused) {
        return String.valueOf(refused.getMessage());
      }
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return "No answer: " + root.getClass().getSimpleName();
  }
}
