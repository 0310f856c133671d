package org.mqttintegration.routefile;

import static org.mockito.Mockito.mock;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.mqttintegration.activity.Story;
import org.mqttintegration.node.Notices;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The versions of route files in a PostgreSQL of a test's own. */
final class VersionsOfTests implements AutoCloseable {

  final JdbcClient database;
  final RouteFileVersions versions;
  private final EmbeddedPostgres postgres;

  VersionsOfTests(Class<?> test) throws IOException {
    Parts.ran(test, Part.EMBEDDED_POSTGRESQL);
    postgres = EmbeddedPostgres.start();
    DataSource data = postgres.getPostgresDatabase();
    Flyway.configure().dataSource(data).load().migrate();
    database = JdbcClient.create(data);
    versions =
        new RouteFileVersions(
            database,
            new TransactionTemplate(new JdbcTransactionManager(data)),
            mock(Story.class),
            mock(ApplicationEventPublisher.class),
            mock(Notices.class));
  }

  void clear() {
    database.sql("truncate route_file_version").update();
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
