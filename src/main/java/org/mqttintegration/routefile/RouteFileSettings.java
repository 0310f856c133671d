package org.mqttintegration.routefile;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where route files are.
 *
 * @param directory the folder whose {@code *.camel.yaml} files run; folders below it do not count
 */
@ConfigurationProperties("mqtt-integration.route-files")
record RouteFileSettings(@DefaultValue("./routes") Path directory) {}
