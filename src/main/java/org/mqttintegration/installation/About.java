package org.mqttintegration.installation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What runs here.
 *
 * @param version the version of the application
 * @param commit what it was built from, null when the build did not know
 * @param builtAt when it was built, null when the build did not say
 * @param node the host of this node
 * @param startedAt when this node was started
 * @param java the version of Java, and whose it is
 * @param camel the version of Camel
 * @param springBoot the version of Spring Boot
 * @param postgresql the version of the database
 * @param paho the version of the MQTT client, null when it does not say
 * @param schemaVersion the version of the database's tables
 * @param webLibraries what pages are served with
 */
record About(
    String version,
    @Nullable String commit,
    @Nullable Instant builtAt,
    String node,
    Instant startedAt,
    String java,
    String camel,
    String springBoot,
    String postgresql,
    @Nullable String paho,
    String schemaVersion,
    List<WebLibrary> webLibraries) {}
