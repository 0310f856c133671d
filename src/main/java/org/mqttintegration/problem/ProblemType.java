package org.mqttintegration.problem;

import java.net.URI;

/** The kinds of problem that a caller can meet; the slug is the stable end of the {@code type}. */
public enum ProblemType {
  INVALID_REQUEST(400, "invalid-request", "The request is not valid"),
  NOT_SIGNED_IN(401, "not-signed-in", "Sign in first"),
  FORBIDDEN(403, "forbidden", "That is not allowed"),
  PASSWORD_CHANGE_REQUIRED(403, "password-change-required", "The password must be changed first"),
  NOT_FOUND(404, "not-found", "There is no such record"),
  METHOD_NOT_ALLOWED(405, "method-not-allowed", "This path does not offer that method"),
  NOT_ACCEPTABLE(406, "not-acceptable", "The answer cannot be had in that media type"),
  CONFLICT(409, "conflict", "The request contradicts what is stored"),
  PRECONDITION_FAILED(412, "precondition-failed", "The record is not as the request expects it"),
  PAYLOAD_TOO_LARGE(413, "payload-too-large", "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(
      415, "unsupported-media-type", "The body has a media type that is not taken"),
  IDEMPOTENCY_KEY_REUSED(
      422, "idempotency-key-reused", "The Idempotency-Key belongs to another request"),
  ROUTE_FILE_REFUSED(422, "route-file-refused", "The route file cannot run"),
  TEMPLATE_NOT_FILLED(422, "template-not-filled", "The values do not fill the template"),
  TOO_MANY_SENDS(429, "too-many-sends", "Too many sends wait for the broker"),
  TOO_MANY_REQUESTS(429, "too-many-requests", "Too many requests"),
  TOO_MANY_SIGN_INS(429, "too-many-sign-ins", "Too many sign-ins failed"),
  INTERNAL(500, "internal-error", "Something went wrong on our side"),
  BROKER_REFUSED(502, "broker-refused", "The MQTT broker refused"),
  DATABASE_UNAVAILABLE(503, "database-unavailable", "The database does not answer"),
  IDENTITY_PROVIDER_UNAVAILABLE(
      503, "identity-provider-unavailable", "The identity provider does not answer"),
  NOT_SERVING(503, "not-serving", "The server takes no requests now"),
  NO_RESPONSE(504, "no-response", "No response came in time");

  private static final URI TYPES = URI.create("https://mqtt-integration.org/problems/");

  private final int status;
  private final String slug;
  private final String title;

  ProblemType(int status, String slug, String title) {
    this.status = status;
    this.slug = slug;
    this.title = title;
  }

  /** The HTTP status code. */
  public int status() {
    return status;
  }

  /** The stable end of the problem's {@code type} URI. */
  public String slug() {
    return slug;
  }

  /** The problem's {@code type}. */
  public URI uri() {
    return TYPES.resolve(slug);
  }

  /** The same short sentence for every problem of this type. */
  public String title() {
    return title;
  }
}
