package org.mqttintegration.history;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import javax.sql.DataSource;
import org.mqttintegration.node.LeasesOfTests;
import org.mqttintegration.telemetry.Traces;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.domain.EntityScan;
import org.springframework.boot.autoconfigure.integration.IntegrationAutoConfiguration;
import org.springframework.boot.autoconfigure.jms.artemis.ArtemisAutoConfiguration;
import org.springframework.boot.autoconfigure.quartz.QuartzAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/** A test of this package alone, on a PostgreSQL that is reached through a {@link CuttableLink}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    classes = HistorySlice.Application.class,
    webEnvironment = SpringBootTest.WebEnvironment.NONE,
    properties = {
      "spring.config.location=optional:classpath:/none/",
      "spring.datasource.hikari.connection-timeout=500",
      "spring.datasource.hikari.validation-timeout=250",
      "spring.datasource.hikari.data-source-properties.reWriteBatchedInserts=true",
      "spring.datasource.hikari.data-source-properties.logServerErrorDetail=false",
      "logging.level.org.hibernate.engine.jdbc.spi.SqlExceptionHelper=off",
      "logging.level.org.hibernate.orm.jdbc.batch=warn",
      "logging.level.com.zaxxer.hikari=error",
      "logging.level.org.springframework.transaction.support.TransactionTemplate=off",
      "logging.level.org.apache.camel.processor.errorhandler=off",
      "spring.jpa.open-in-view=false",
      "spring.jpa.hibernate.ddl-auto=validate",
      "mqtt-integration.history.qos0-limit=500",
      "mqtt-integration.history.stop-timeout=1s",
      "mqtt-integration.history.max-payload=10MB",
      "camel.dataformat.jackson.auto-discover-object-mapper=true"
    })
@ContextConfiguration(initializers = HistorySlice.Database.class)
@interface HistorySlice {

  /** The package and what it needs of Spring Boot; not scanned for by others. */
  @EnableAutoConfiguration(
      exclude = {
        QuartzAutoConfiguration.class,
        ArtemisAutoConfiguration.class,
        IntegrationAutoConfiguration.class
      })
  @Import(LeasesOfTests.class)
  @ComponentScan(basePackageClasses = {HistorySlice.class, Traces.class})
  @ConfigurationPropertiesScan(basePackageClasses = Traces.class)
  @EntityScan
  @EnableConfigurationProperties(HistorySettings.class)
  class Application {

    @Bean
    OwnRetention ownRetention() {
      return Map::of;
    }
  }

  /** One server for all tests of the JVM. */
  class Database implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final EmbeddedPostgres POSTGRES = start();

    /** The application's way to the server. */
    static final CuttableLink LINK = new CuttableLink(POSTGRES.getPort());

    /** A way to the server that is never cut. */
    static DataSource direct() {
      return POSTGRES.getPostgresDatabase();
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
      TestPropertyValues.of(
              "spring.datasource.url=jdbc:postgresql://localhost:" + LINK.port() + "/postgres",
              "spring.datasource.username=postgres",
              "spring.datasource.password=")
          .applyTo(context);
    }

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
