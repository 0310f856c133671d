package org.mqttintegration.secret;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.http.HttpEndpoint;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Secrets that are searched for wherever they must not be. */
final class Canaries implements AutoCloseable {

  private final List<String> canaries;
  private final TreeSet<String> found = new TreeSet<>();
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final Logger root =
      ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
  private final Level level = root.getLevel();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          IThrowableProxy thrown = event.getThrowableProxy();
          log.add(
              event.getLoggerName()
                  + " "
                  + event.getFormattedMessage()
                  + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown)));
        }
      };

  /** Listens to the log from now on. */
  Canaries(String... canaries) {
    this.canaries = List.of(canaries);
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
    root.setLevel(Level.INFO);
  }

  /** Notes where a canary stands in a text: as it is, or as HTTP's Basic has it. */
  void search(String place, Object text) {
    String searched = String.valueOf(text);
    for (String canary : canaries) {
      if (searched.contains(canary)) {
        found.add(place + " has " + canary);
      }
      if (searched.contains(basic(canary))) {
        found.add(place + " has " + canary + " in base64");
      }
    }
  }

  /** Basic credentials of the user u. */
  static String basic(String password) {
    return Base64.getEncoder().encodeToString(("u:" + password).getBytes());
  }

  void searchLog() {
    assertThat(log).isNotEmpty();
    log.forEach(line -> search("log: " + line.split(" ")[0], line));
  }

  /** Each attribute that can be read of each bean. */
  void searchJmx() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    assertThat(server.queryNames(new ObjectName("com.zaxxer.hikari:*"), null)).isNotEmpty();
    for (ObjectName bean : server.queryNames(null, null)) {
      search("JMX name", bean);
      for (MBeanAttributeInfo attribute : server.getMBeanInfo(bean).getAttributes()) {
        search("JMX " + bean + " " + attribute.getName(), value(server, bean, attribute.getName()));
      }
    }
  }

  private static String value(MBeanServer server, ObjectName bean, String attribute) {
    try {
      return text(server.getAttribute(bean, attribute));
    } catch (Exception e) {
      return ""; // it cannot be read
    }
  }

  private static String text(Object value) {
    if (value instanceof Object[] values) {
      return Stream.of(values).map(Canaries::text).toList().toString();
    }
    if (value instanceof CompositeData data) {
      return data.values().stream().map(Canaries::text).toList().toString();
    }
    if (value instanceof TabularData data) {
      return data.values().stream().map(Canaries::text).toList().toString();
    }
    return String.valueOf(value);
  }

  /**
   * Endpoints, as they are named and as they are printed. Not those of HTTP: their name is the
   * address of the target, query and all, of which Camel hides one parameter of ours only.
   */
  void searchEndpoints(CamelContext camel) {
    for (Endpoint endpoint : camel.getEndpoints()) {
      if (!(endpoint instanceof HttpEndpoint)) {
        search("endpoint " + endpoint.getClass().getSimpleName(), endpoint.getEndpointUri());
        search("printed endpoint", endpoint);
      }
    }
    camel.getEndpointRegistry().keySet().forEach(key -> search("key of an endpoint", key));
  }

  /** Each column of each table; bytes both as they are and as text. */
  void searchDatabase(JdbcClient database) {
    List<String> tables = new ArrayList<>();
    database
        .sql(
            """
            select format('%I.%I', table_schema, table_name) from information_schema.tables
            where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
            """)
        .query(String.class)
        .list()
        .forEach(tables::add);
    assertThat(tables).contains("public.broker", "public.secret", "public.dead_letter");
    for (String table : tables) {
      for (var row : database.sql("select * from " + table).query().listOfRows()) {
        row.forEach((column, value) -> search(table + "." + column, readable(value)));
      }
    }
  }

  private static Object readable(Object value) {
    return value instanceof byte[] bytes
        ? new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
        : value instanceof Object[] array ? Arrays.deepToString(array) : value;
  }

  /** Where they were. */
  List<String> found() {
    return List.copyOf(found);
  }

  @Override
  public void close() {
    root.detachAppender(appender);
    root.setLevel(level);
  }
}
