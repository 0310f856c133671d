package org.mqttintegration.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Who this node is. */
@Component
public class ThisNode {

  private final UUID id = UUID.randomUUID();
  private final String name;
  private final String version;

  ThisNode(NodeSettings settings, Environment environment, ObjectProvider<BuildProperties> build) {
    String given = settings.name();
    this.name = given == null || given.isBlank() ? defaultName(environment) : given.strip();
    BuildProperties built = build.getIfAvailable();
    this.version = built == null ? "development" : built.getVersion();
  }

  private static String defaultName(Environment environment) {
    return host() + ":" + environment.getProperty("server.port", "8080");
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** Another one for each start. */
  public UUID id() {
    return id;
  }

  /** The same one after a restart. */
  public String name() {
    return name;
  }

  String version() {
    return version;
  }

  /** By which it has locks: those of a run before are its own. */
  UUID lockId() {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
