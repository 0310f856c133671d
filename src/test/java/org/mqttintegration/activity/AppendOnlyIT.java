package org.mqttintegration.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.access.Actor;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The audit takes new rows and nothing else, as the README sets its role up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AppendOnlyIT {

  private EmbeddedPostgres postgres;
  private JdbcClient application;
  private JdbcClient owner;

  @BeforeAll
  void migrate() throws Exception {
    Parts.ran(AppendOnlyIT.class, Part.EMBEDDED_POSTGRESQL);
    postgres = EmbeddedPostgres.start();
    JdbcClient superuser = JdbcClient.create(postgres.getPostgresDatabase());
    for (String sql :
        new String[] {
          "create role mqtt_integration login",
          "create role audit_owner login",
          "alter schema public owner to mqtt_integration"
        }) {
      superuser.sql(sql).update();
    }
    DataSource role = postgres.getDatabase("mqtt_integration", "postgres");
    Flyway.configure().dataSource(role).load().migrate();
    for (String sql :
        new String[] {
          "alter table audit_entry owner to audit_owner",
          "alter function refuse_audit_change() owner to audit_owner",
          "grant select, insert on audit_entry to mqtt_integration"
        }) {
      superuser.sql(sql).update();
    }
    application = JdbcClient.create(role);
    owner = JdbcClient.create(postgres.getDatabase("audit_owner", "postgres"));
    append();
  }

  @AfterAll
  void stop() throws Exception {
    postgres.close();
  }

  private void append() {
    new AuditLog(application, new ObjectMapper())
        .append(
            NewEntry.event(
                new RecordRef(RecordKind.BROKER, "1", "one"), Actor.SYSTEM, "lost", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_entry set actor = 'nobody'",
        "delete from audit_entry",
        "truncate audit_entry"
      })
  void given_the_audit_when_anybody_changes_it_then_the_role_may_not_and_the_owner_is_refused(
      String sql) {
    assertThatThrownBy(() -> application.sql(sql).update())
        .hasStackTraceContaining("permission denied for table audit_entry");
    assertThatThrownBy(() -> owner.sql(sql).update())
        .hasStackTraceContaining("The audit is append-only");
  }

  @Test
  void given_the_role_of_the_application_when_it_appends_then_it_can_and_reads_it() {
    long before = count();
    append();
    assertThat(count()).isEqualTo(before + 1);
  }

  private long count() {
    return application.sql("select count(*) from audit_entry").query(Long.class).single();
  }
}
