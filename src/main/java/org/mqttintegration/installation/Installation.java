package org.mqttintegration.installation;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Knows what runs here; all but the database is asked once. */
@Component
class Installation {

  private static final String PAHO =
      "META-INF/maven/org.eclipse.paho/org.eclipse.paho.mqttv5.client/pom.properties";

  private final ObjectProvider<BuildProperties> build;
  private final ObjectProvider<GitProperties> commit;
  private final CamelContext camel;
  private final JdbcClient database;
  private final List<WebLibrary> libraries = WebLibrary.all();
  private final @Nullable String paho = paho();
  private final String node = node();

  Installation(
      ObjectProvider<BuildProperties> build,
      ObjectProvider<GitProperties> commit,
      CamelContext camel,
      JdbcClient database) {
    this.build = build;
    this.commit = commit;
    this.camel = camel;
    this.database = database;
  }

  About about() {
    BuildProperties built = build.getIfAvailable();
    return new About(
        built == null ? "not packaged" : built.getVersion(),
        commit(commit.getIfAvailable()),
        built == null ? null : built.getTime(),
        node,
        Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
        "%s, %s".formatted(Runtime.version(), System.getProperty("java.vendor")),
        camel.getVersion(),
        SpringBootVersion.getVersion(),
        database.sql("show server_version").query(String.class).single(),
        paho,
        schemaVersion(),
        libraries);
  }

  private static @Nullable String commit(@Nullable GitProperties known) {
    if (known == null || known.getCommitId() == null) {
      return null;
    }
    return Boolean.parseBoolean(known.get("dirty"))
        ? known.getCommitId() + "+"
        : known.getCommitId();
  }

  private String schemaVersion() {
    return database
        .sql(
            """
            select version from flyway_schema_history
            where success and version is not null order by installed_rank desc limit 1
            """)
        .query(String.class)
        .single();
  }

  private static @Nullable String paho() {
    try {
      Properties model = PropertiesLoaderUtils.loadProperties(new ClassPathResource(PAHO));
      return model.getProperty("version");
    } catch (IOException e) {
      return null;
    }
  }

  private static String node() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
