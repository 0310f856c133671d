package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.PromQl;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The metrics as Prometheus reads them, and what is written of them: the alerts, the dashboard, the
 * list.
 */
@IntegrationTest
class MetricsIT {

  private static final Path ALERTS = Path.of("config/prometheus/alerts.yaml");
  private static final Path DASHBOARD = Path.of("config/grafana/mqtt-integration.json");
  private static final Path LIST = Path.of("src/docs/metrics.md");
  private static final Path OPERATIONS = Path.of("src/docs/operations.md");
  private static final String ROUTE = "metrics-route";
  private static final String FAILING = "metrics-failing";

  /** Some gauges are looked up every ten seconds. */
  private static final Duration LOOKED_UP = Duration.ofSeconds(40);

  /** What Prometheus adds by itself. */
  private static final Set<String> OF_PROMETHEUS = Set.of("up");

  private static final Set<String> LABELS_OF_PROMETHEUS = Set.of("instance", "job");

  private static final Pattern SAMPLE =
      Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  @Autowired RestApi api;
  @Autowired LocalBroker local;

  private long broker;
  private MqttTestClient publisher;

  /** A line of what is served. */
  private record Sample(String name, Map<String, String> labels, double value) {}

  @BeforeEach
  void messages() throws Exception {
    broker =
        api.create(
            "/brokers", Map.of("name", "Metrics", "host", local.host(), "port", local.port()));
    api.subscribe(broker, "metrics/#", 1);
    routeFile(
        ROUTE,
        "signal:receive?broker=Metrics&topic=metrics/in&durable=" + ROUTE,
        "- to: {uri: 'signal:send?broker=Metrics&topic=metrics/out&qos=1'}");
    routeFile(
        FAILING,
        "signal:receive?broker=Metrics&topic=metrics/in&durable=" + FAILING,
        "- throwException: {exceptionType: java.lang.IllegalStateException, message: on purpose}");
    publisher = MqttTestClient.connect(local.uri());
    publisher.publish("metrics/in", "1", 1);
  }

  @AfterEach
  void noMessages() throws Exception {
    publisher.close();
    for (String route : List.of(ROUTE, FAILING)) {
      api.delete("/route-files/" + route + ".camel.yaml").expect(204);
      api.delete("/positions/" + route).expect(204);
      api.delete("/dead-letters?routeId=" + route).expect(200);
    }
    api.delete("/brokers/" + broker + "?cascade=true").expect(204);
  }

  private void routeFile(String id, String from, String step) {
    String text =
        """
        - route:
            id: %s
            description: Of the test of metrics
            from:
              uri: "%s"
              steps:
                %s
        """
            .formatted(id, from, step);
    api.send("PUT", "/route-files/" + id + ".camel.yaml", text, Map.of("Content-Type", "text/yaml"))
        .expect(200);
  }

  @Test
  void given_what_was_received_sent_and_bridged_when_scraped_then_all_that_is_used_is_there()
      throws IOException {
    Set<String> expressions = new TreeSet<>(alertExpressions());
    expressions.addAll(dashboardExpressions());
    assertThat(expressions).hasSizeGreaterThan(40);

    await()
        .atMost(LOOKED_UP)
        .untilAsserted(
            () -> {
              Map<String, Set<String>> served = labels(scrape());
              for (String expression : expressions) {
                assertThat(faults(expression, served)).as(expression).isEmpty();
              }
            });
  }

  @Test
  void given_a_message_that_came_and_went_on_when_scraped_then_it_is_counted() {
    await()
        .atMost(LOOKED_UP)
        .untilAsserted(
            () -> {
              List<Sample> now = scrape();
              assertThat(value(now, "mqtt_connection_received_total")).isGreaterThanOrEqualTo(2);
              assertThat(value(now, "mqtt_connection_connects_total")).isEqualTo(1);
              assertThat(value(now, "mqtt_connection_state", "state", "connected")).isEqualTo(1);
              assertThat(value(now, "mqtt_connection_state", "state", "connecting")).isZero();
              assertThat(value(now, "mqtt_broker_name", "name", "Metrics")).isEqualTo(1);
              assertThat(of(now, "mqtt_route_exchanges_total", "route", ROUTE)).isEqualTo(1);
              assertThat(of(now, "mqtt_route_failures_total", "route", FAILING)).isEqualTo(1);
              assertThat(of(now, "mqtt_route_dead_letters", "route", FAILING)).isEqualTo(1);
              assertThat(of(now, "mqtt_route_lag", "durable", ROUTE)).isZero();
            });
    await()
        .atMost(LOOKED_UP)
        .untilAsserted(
            () -> {
              List<Sample> now = scrape();
              assertThat(of(now, "mqtt_history_commit_lag_seconds_count", null, null))
                  .isEqualTo(of(now, "mqtt_history_recorded_total", null, null));
            });
  }

  @Test
  void given_a_broker_and_a_route_that_are_gone_when_scraped_then_their_series_are_gone() {
    long other =
        api.create(
            "/brokers", Map.of("name", "Metrics 2", "host", local.host(), "port", local.port()));
    routeFile("metrics-gone", "timer:metrics-gone?repeatCount=1", "- to: {uri: 'log:x'}");
    await()
        .atMost(LOOKED_UP)
        .untilAsserted(
            () -> {
              assertThat(scrape()).anyMatch(s -> s.labels().containsValue("" + other));
              assertThat(scrape()).anyMatch(s -> s.labels().containsValue("metrics-gone"));
            });

    api.delete("/brokers/" + other).expect(204);
    api.delete("/route-files/metrics-gone.camel.yaml").expect(204);

    await()
        .atMost(LOOKED_UP)
        .untilAsserted(
            () ->
                assertThat(scrape())
                    .noneMatch(s -> ("" + other).equals(s.labels().get("broker")))
                    .noneMatch(s -> s.labels().containsValue("metrics-gone")));
  }

  @Test
  void given_messages_to_many_topics_when_scraped_then_there_are_no_more_series() throws Exception {
    await()
        .atMost(LOOKED_UP)
        .until(() -> of(scrape(), "mqtt_route_dead_letters", "route", FAILING) == 1);
    await().atMost(LOOKED_UP).until(() -> value(scrape(), "mqtt_connection_connects_total") == 1);
    Set<String> before = ours(scrape());
    double recorded = of(scrape(), "mqtt_history_recorded_total", null, null);
    for (int i = 0; i < 50; i++) {
      publisher.publish("metrics/many/" + i, "x", 1);
    }
    await()
        .atMost(LOOKED_UP)
        .until(() -> of(scrape(), "mqtt_history_recorded_total", null, null) >= recorded + 50);
    assertThat(ours(scrape())).isEqualTo(before);
    assertThat(scrape()).noneMatch(sample -> sample.labels().toString().contains("metrics/many"));
  }

  @Test
  void given_a_token_of_a_viewer_when_it_scrapes_then_it_may_and_nobody_else() {
    String token =
        api.post("/me/tokens", Map.of("name", "prometheus", "role", "viewer"))
            .expect(201)
            .json()
            .required("token")
            .asText();

    api.withToken(token).get("//actuator/prometheus").expect(200);
    api.withToken(token).get("//actuator/metrics").expect(200);
    api.anonymous().get("//actuator/prometheus").expect(401);
  }

  @Test
  void given_the_list_when_compared_with_what_is_served_then_it_has_each_of_ours()
      throws Exception {
    Set<String> listed = new TreeSet<>();
    Matcher row = Pattern.compile("(?m)^\\| `(mqtt_\\w+)").matcher(Files.readString(LIST));
    while (row.find()) {
      listed.add(row.group(1));
    }

    await()
        .atMost(LOOKED_UP)
        .untilAsserted(
            () -> {
              Set<String> served = new TreeSet<>();
              scrape().stream()
                  .map(sample -> sample.name().replaceFirst("_(bucket|count|sum|max)$", ""))
                  .filter(name -> name.startsWith("mqtt_"))
                  .forEach(served::add);
              assertThat(listed).isEqualTo(served);
            });
  }

  @Test
  void given_the_alerts_when_looked_up_then_each_has_a_paragraph_on_what_to_do() throws Exception {
    String text = Files.readString(OPERATIONS);
    List<String> alerts = new ArrayList<>();
    yaml(ALERTS).findValues("alert").forEach(alert -> alerts.add(alert.asText()));

    assertThat(alerts).doesNotHaveDuplicates().hasSizeGreaterThan(10);
    for (String alert : alerts) {
      assertThat(text).containsPattern("(?m)^### " + alert + "\n\n.{80,}");
    }
    Matcher heading = Pattern.compile("(?m)^### (\\w+)$").matcher(text);
    while (heading.find()) {
      assertThat(alerts).contains(heading.group(1));
    }
  }

  private static List<String> faults(String expression, Map<String, Set<String>> served) {
    List<String> faults = new ArrayList<>();
    Set<String> known = new HashSet<>(LABELS_OF_PROMETHEUS);
    PromQl.metrics(expression)
        .forEach(
            (metric, labels) -> {
              if (OF_PROMETHEUS.contains(metric)) {
                return;
              }
              Set<String> there = served.get(metric);
              if (there == null) {
                faults.add("no metric " + metric);
                return;
              }
              known.addAll(there);
              labels.stream()
                  .filter(label -> !there.contains(label) && !LABELS_OF_PROMETHEUS.contains(label))
                  .forEach(label -> faults.add("no label %s of %s".formatted(label, metric)));
            });
    PromQl.grouping(expression).stream()
        .filter(label -> !known.contains(label))
        .forEach(label -> faults.add("no label " + label));
    return faults;
  }

  private static List<String> alertExpressions() throws IOException {
    return yaml(ALERTS).findValuesAsText("expr");
  }

  private static List<String> dashboardExpressions() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
    List<String> expressions = dashboard.path("panels").findValuesAsText("expr");
    dashboard
        .at("/templating/list")
        .findValuesAsText("definition")
        .forEach(query -> expressions.add(query.replaceAll("label_values\\((\\w+),.*", "$1")));
    return expressions;
  }

  private static JsonNode yaml(Path file) throws IOException {
    File text = file.toFile();
    return new ObjectMapper(new YAMLFactory()).readTree(text);
  }

  private List<Sample> scrape() {
    List<Sample> samples = new ArrayList<>();
    Matcher line = SAMPLE.matcher(api.get("//actuator/prometheus").expect(200).text());
    while (line.find()) {
      Map<String, String> labels = new HashMap<>();
      Matcher label = LABEL.matcher(line.group(2) == null ? "" : line.group(2));
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
      samples.add(new Sample(line.group(1), labels, Double.parseDouble(line.group(3))));
    }
    return samples;
  }

  private static Map<String, Set<String>> labels(List<Sample> samples) {
    Map<String, Set<String>> labels = new HashMap<>();
    samples.forEach(
        sample ->
            labels
                .computeIfAbsent(sample.name(), name -> new TreeSet<>())
                .addAll(sample.labels().keySet()));
    return labels;
  }

  /** But for those of routes, which other suites may have left to be looked up. */
  private static Set<String> ours(List<Sample> samples) {
    Set<String> series = new TreeSet<>();
    samples.stream()
        .filter(sample -> sample.name().matches("mqtt_(history|sends|connection)_.*"))
        .forEach(sample -> series.add(sample.name() + sample.labels()));
    return series;
  }

  /** Of the test's broker. */
  private double value(List<Sample> samples, String name) {
    return of(samples, name, "broker", Long.toString(broker));
  }

  private double value(List<Sample> samples, String name, String label, String value) {
    return of(
        samples.stream().filter(s -> value.equals(s.labels().get(label))).toList(),
        name,
        "broker",
        Long.toString(broker));
  }

  /** NaN when it is not there. */
  private static double of(List<Sample> samples, String name, String label, String value) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name))
        .filter(sample -> label == null || value.equals(sample.labels().get(label)))
        .mapToDouble(Sample::value)
        .findFirst()
        .orElse(Double.NaN);
  }
}
