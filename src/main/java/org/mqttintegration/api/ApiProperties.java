package org.mqttintegration.api;

import java.util.List;
import org.mqttintegration.outbound.AddressBlock;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the REST API.
 *
 * @param maxBodySize the largest request body that is taken, below {@code /ingest} too; a larger
 *     one is answered with 413
 * @param plainHttpBeyondLoopback whether HTTP without TLS may be listened for on addresses that
 *     other machines reach, as behind a proxy that has the TLS
 * @param trustedProxies the proxies whose word counts on who asks, and how
 */
@ConfigurationProperties("mqtt-integration.api")
public record ApiProperties(
    @DefaultValue("10MB") DataSize maxBodySize,
    @DefaultValue("false") boolean plainHttpBeyondLoopback,
    @DefaultValue List<AddressBlock> trustedProxies) {}
