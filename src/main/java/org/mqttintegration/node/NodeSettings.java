package org.mqttintegration.node;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What a node is, beside others over the same database.
 *
 * @param name the name of this node, which no other may have; the host's and the port when absent
 * @param leaseTime for how long a node that is not heard of keeps what it has; from then on others
 *     take it over. 2 s to 5 minutes
 */
@Validated
@ConfigurationProperties("mqtt-integration.node")
record NodeSettings(
    @Nullable String name,
    @DefaultValue("5s") @DurationMin(seconds = 2) @DurationMax(minutes = 5) Duration leaseTime) {}
