package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mqttintegration.secret.ConnectListener;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.InProcessOfItsOwn;
import org.mqttintegration.testing.Mosquitto;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.NumberedStream;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.mqttintegration.testing.Progress;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.SystemPostgres;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What {@code keeping.md} says of backing up and getting it back, done as it says. */
@InProcessOfItsOwn
class BackupIT {

  private static final String PASSWORD = "backup-canary";
  private static final int PER_SECOND = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String KEY = "secrets.key";

  @TempDir Path kept;
  @TempDir Path first;
  @TempDir Path second;

  @BeforeAll
  static void needsPrograms() {
    if (SystemPostgres.installed().isEmpty()) {
      Parts.skipped(BackupIT.class, Part.SYSTEM_POSTGRESQL, "PostgreSQL is not installed");
    }
    Assumptions.assumeTrue(SystemPostgres.installed().isPresent(), "PostgreSQL is not installed");
    Parts.ran(BackupIT.class, Part.SYSTEM_POSTGRESQL);
  }

  @Test
  void given_a_backup_of_a_running_application_when_it_is_restored_then_all_is_there_and_goes_on()
      throws Exception {
    try (SystemPostgres postgres = new SystemPostgres();
        Mosquitto mosquitto = Mosquitto.launch();
        ConnectListener listener = new ConnectListener();
        MqttTestClient outside =
            MqttTestClient.connect(mosquitto.uri()).subscribe("backup/out/#", 1)) {
      postgres.run("createdb", "mqtt_integration");
      String exported = backUp(postgres, mosquitto, listener);
      restore(postgres);
      assertOneMoment(postgres);
      listener.clear();

      try (ApplicationProcess restored = application(postgres, "restored", second)) {
        Files.copy(kept.resolve(KEY), restored.data().resolve(KEY));
        restored.start();
        RestApi api = restored.api();

        assertThat(exported(api)).isEqualTo(exported);
        await()
            .atMost(PATIENCE)
            .until(() -> listener.packets().stream().anyMatch(p -> p.contains(PASSWORD)));
        awaitBridged(postgres, outside);
        goesOn(api, mosquitto, outside);
      }
    }
  }

  /** While messages come in, and are bridged. */
  private String backUp(SystemPostgres postgres, Mosquitto mosquitto, ConnectListener listener)
      throws Exception {
    routes(first);
    try (ApplicationProcess application = application(postgres, "mqtt_integration", first)) {
      application.start();
      RestApi api = application.api();
      giveAuditAway(postgres);
      long broker = broker(api, "kept", mosquitto.port());
      broker(api, "listener", listener.port());
      api.subscribe(broker, "backup/in/#", 2);
      try (NumberedStream stream = new NumberedStream(mosquitto.uri(), "backup/in", PER_SECOND)) {
        Progress.await(stream::accepted, 3 * PER_SECOND);
        await().atMost(PATIENCE).until(() -> position(postgres, "mqtt_integration") > 0);
        postgres.run(
            "pg_dump", "--format=custom", "--file=" + kept.resolve("dump"), "mqtt_integration");
        Files.copy(application.data().resolve(KEY), kept.resolve(KEY));
        Progress.await(stream::accepted, stream.accepted() + PER_SECOND);
        stream.stop();
      }
      String exported = exported(api);
      application.stop();
      return exported;
    }
  }

  /** As README says. */
  private static void giveAuditAway(SystemPostgres postgres) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int begin = readme.indexOf("create role audit_owner");
    String statements = readme.substring(begin, readme.indexOf("```", begin));
    postgres.runAs(
        SystemPostgres.SUPERUSER,
        "psql",
        "--dbname=mqtt_integration",
        "--set=ON_ERROR_STOP=1",
        "--command=" + statements);
  }

  private void restore(SystemPostgres postgres) throws IOException {
    postgres.run("createdb", "restored");
    postgres.runAs(
        SystemPostgres.SUPERUSER, // since a table goes to a role that the application does not have
        "pg_restore",
        "--dbname=restored",
        "--exit-on-error",
        "--single-transaction",
        kept.resolve("dump").toString());
    routes(second);
    Files.setPosixFilePermissions(kept.resolve(KEY), PosixFilePermissions.fromString("rw-------"));
  }

  /** Whatever was committed meanwhile is there as a whole or not at all. */
  private static void assertOneMoment(SystemPostgres postgres) {
    long messages = count(postgres, "restored", "select count(*) from history");
    assertThat(messages)
        .isPositive()
        .isLessThan(count(postgres, "mqtt_integration", "select count(*) from history"))
        .isEqualTo(count(postgres, "restored", "select sum(messages) from history_commit"));
    assertThat(position(postgres, "restored")).isPositive();
    assertThat(rows(postgres, "mqtt_integration")).containsAll(rows(postgres, "restored"));
  }

  private static List<String> rows(SystemPostgres postgres, String database) {
    return JdbcClient.create(data(postgres, database))
        .sql("select history::text from history")
        .query(String.class)
        .list();
  }

  /** All that the restored history has of what came in. */
  private static void awaitBridged(SystemPostgres postgres, MqttTestClient outside) {
    Set<String> payloads =
        JdbcClient.create(data(postgres, "restored"))
            .sql("select convert_from(payload, 'UTF8') from history where topic like 'backup/in/%'")
            .query(String.class)
            .stream()
            .collect(Collectors.toSet());
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(outside.texts()).containsAll(payloads));
  }

  private static void goesOn(RestApi api, Mosquitto mosquitto, MqttTestClient outside)
      throws Exception {
    api.create("/users", Map.of("name", "later", "password", "canary-of-backups"));
    assertThat(api.get("/audit?actor=admin").expect(200).text()).contains("\"later\"", "\"kept\"");
    try (MqttTestClient client = MqttTestClient.connect(mosquitto.uri())) {
      for (int i = 0; i < 10; i++) {
        client.publish("backup/in/later", "later " + i, 2);
      }
    }
    Set<String> later =
        IntStream.range(0, 10).mapToObj(i -> "later " + i).collect(Collectors.toSet());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(api.get("/history?topic=backup/in/later").expect(200).json().path("items"))
                  .hasSize(later.size());
              assertThat(outside.texts()).containsAll(later);
            });
  }

  private static long broker(RestApi api, String name, int port) {
    return api.broker(name, port, Map.of("username", "u", "password", PASSWORD));
  }

  private static void routes(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("kept.camel.yaml"),
        """
        - route:
            id: kept
            description: Publishes on another topic
            from:
              uri: signal:receive
              parameters:
                broker: kept
                topic: backup/in/+
                durable: kept
              steps:
                - to:
                    uri: signal:send
                    parameters:
                      broker: kept
                      topic: backup/out
                      qos: 1
        """);
  }

  private static ApplicationProcess application(
      SystemPostgres postgres, String database, Path routes) throws IOException {
    String[] server = postgres.settings(database);
    return new ApplicationProcess(
        server[0],
        server[1],
        server[2],
        "--mqtt-integration.embedded.mqtt.enabled=false",
        "--mqtt-integration.demonstration.enabled=false",
        "--mqtt-integration.route-files.directory=" + routes);
  }

  private static String exported(RestApi api) {
    return api.get("/export").expect(200).text();
  }

  private static long position(SystemPostgres postgres, String database) {
    return count(
        postgres,
        database,
        "select coalesce(max(commit), 0) from durable_position where name = 'kept'");
  }

  private static long count(SystemPostgres postgres, String database, String sql) {
    return Long.parseLong(text(postgres, database, sql));
  }

  private static String text(SystemPostgres postgres, String database, String sql) {
    return JdbcClient.create(data(postgres, database)).sql(sql).query(String.class).single();
  }

  private static DriverManagerDataSource data(SystemPostgres postgres, String database) {
    return new DriverManagerDataSource(postgres.url(database), SystemPostgres.USER, "");
  }
}
