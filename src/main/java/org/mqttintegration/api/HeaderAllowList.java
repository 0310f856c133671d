package org.mqttintegration.api;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.springframework.stereotype.Component;

/**
 * What passes between HTTP headers and message headers. The two lists have nothing in common, so no
 * answer echoes a request's header. Query parameters would become headers too, beside which a
 * request's header of that name could stand; {@link ContractValidator} sets them, checked, instead.
 * Nothing named {@code Camel…} comes in (CVE-2026-40453).
 */
@Component("restHeaders")
class HeaderAllowList implements HeaderFilterStrategy {

  private static final Set<String> IN =
      Set.of("accept", "content-type", "idempotency-key", "if-match", "if-none-match", "prefer");

  private static final Set<String> OUT =
      Set.of(
          "allow",
          "cache-control",
          "content-disposition",
          "etag",
          "location",
          "preference-applied",
          "retry-after");

  @Override
  public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
    return !IN.contains(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
    return !OUT.contains(name.toLowerCase(Locale.ROOT));
  }
}
