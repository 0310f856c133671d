package org.mqttintegration.broker;

import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.Filter;
import org.springframework.data.jpa.domain.Specification;

/**
 * Which brokers to list; null lets all through.
 *
 * @param name a part of the name, in upper or lower case
 * @param urlScheme the scheme
 * @param host the host
 * @param connectionStatus how the last check came out
 */
public record BrokerFilter(
    @Nullable String name,
    @Nullable UrlScheme urlScheme,
    @Nullable String host,
    @Nullable CheckStatus connectionStatus) {

  Specification<BrokerEntity> specification() {
    return Specification.allOf(
        Filter.contains("name", name),
        Filter.equal("urlScheme", urlScheme),
        Filter.equal("host", host),
        Filter.equal("connectionStatus", connectionStatus));
  }
}
