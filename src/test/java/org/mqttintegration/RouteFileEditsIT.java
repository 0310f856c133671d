package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.BrokerUnderTest;
import org.mqttintegration.testing.HttpTarget;
import org.mqttintegration.testing.HttpTarget.Posted;
import org.mqttintegration.testing.InProcessOfItsOwn;
import org.mqttintegration.testing.NumberedStream;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Progress;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.TestOnEachBroker;

/**
 * Route files that are edited without care while messages come: none is lost on a durable route, no
 * other route stops, and nothing stays behind. {@code -Dedits=200} makes it as long as one likes.
 */
@InProcessOfItsOwn
class RouteFileEditsIT {

  private static final int EDITS = Integer.getInteger("edits", 60);
  private static final int PER_SECOND = 200;
  private static final int FILES = 10;
  private static final int ROUTES = FILES + 1;

  /** What an engineer may do to a file, well or badly. */
  private static final int KINDS = 8;

  @TempDir Path routes;

  private final Random random = new Random();
  private int version;
  private int port;

  @TestOnEachBroker(Part.MOSQUITTO)
  void given_files_that_are_edited_under_load_when_all_are_whole_again_then_no_message_is_missing(
      BrokerUnderTest broker) throws Exception {
    try (HttpTarget target = new HttpTarget();
        ApplicationProcess application =
            new ApplicationProcess(
                "--mqtt-integration.embedded.mqtt.enabled=false",
                "--mqtt-integration.demonstration.enabled=false",
                "--mqtt-integration.route-files.directory=" + routes)) {
      port = target.port();
      writeAll();
      Files.writeString(routes.resolve("steady.camel.yaml"), route("steady", "edited/0/+"));
      application.start();
      RestApi api = application.api();
      subscribe(api, broker);
      await().until(() -> started(api).size() == ROUTES);
      String since = route(api, "steady").get("since").asText();
      try (NumberedStream stream = new NumberedStream(broker.uri(), "edited", PER_SECOND, FILES)) {
        Progress.await(stream::accepted, PER_SECOND);
        int threads = threads(application);
        for (int i = 0; i < EDITS; i++) {
          edit(random.nextInt(FILES));
          Progress.await(stream::accepted, stream.accepted() + random.nextInt(PER_SECOND / 2));
        }
        writeAll();
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                () -> {
                  assertThat(started(api)).hasSize(ROUTES);
                  assertThat(api.get("/route-files").json().get("items"))
                      .allSatisfy(file -> assertThat(file.get("findings")).isEmpty());
                });
        int messages = stream.stop();

        awaitAll(target, messages);
        JsonNode steady = route(api, "steady");
        assertThat(steady.get("since").asText()).as("it never stopped").isEqualTo(since);
        assertThat(api.get("/dead-letters").json().get("items")).isEmpty();
        await()
            .atMost(Duration.ofMinutes(1))
            .untilAsserted(() -> assertThat(threads(application)).isLessThan(threads + 20));
        assertNothingStays(application);
      }
    }
  }

  private void writeAll() throws IOException {
    for (int file = 0; file < FILES; file++) {
      write(file, good(file));
    }
  }

  private void edit(int file) throws IOException {
    String good = good(file);
    switch (random.nextInt(KINDS)) {
      case 0 -> write(file, good.replace("steps:", "stesp:"));
      case 1 -> write(file, good.replace("httpMethod", "httpMethood"));
      case 2 -> write(file, good.replace("  from:", "  from: [broken"));
      case 3 -> write(file, good.replace("id: edited-" + file, "id: steady"));
      case 4 -> {
        // a save in two writes; what is cut later than that would be a file that can run
        write(file, good.substring(0, random.nextInt(good.indexOf("- to:"))));
        write(file, good);
      }
      case 6 ->
          write(file, good.substring(0, random.nextInt(good.indexOf("- to:")))); // and no more
      case 5 -> Files.deleteIfExists(path(file));
      default -> write(file, good);
    }
  }

  private Path path(int file) {
    return routes.resolve("edited-%d.camel.yaml".formatted(file));
  }

  private void write(int file, String content) throws IOException {
    Files.writeString(path(file), content);
  }

  /** Each time with a target of another address, and so a client of its own. */
  private String good(int file) {
    return route("edited-" + file, "edited/%d/+".formatted(file));
  }

  private String route(String id, String topic) {
    return """
    - route:
        id: %1$s
        description: Posts what is received
        from:
          uri: signal:receive
          parameters:
            broker: edited
            topic: %2$s
            durable: %1$s
          steps:
            - to:
                uri: http://127.0.0.1:%3$d/%1$s/%4$d
                parameters:
                  httpMethod: POST
    """
        .formatted(id, topic, port, ++version);
  }

  private static void subscribe(RestApi api, BrokerUnderTest broker) {
    long id =
        api.create(
            "/brokers", Map.of("name", "edited", "host", broker.host(), "port", broker.port()));
    api.subscribe(id, "edited/#", 1);
  }

  private static Set<String> started(RestApi api) {
    return StreamSupport.stream(
            api.get("/routes").expect(200).json().get("items").spliterator(), false)
        .filter(route -> route.get("state").asText().equals("started"))
        .map(route -> route.get("id").asText())
        .collect(Collectors.toSet());
  }

  private static JsonNode route(RestApi api, String id) {
    return StreamSupport.stream(
            api.get("/routes").expect(200).json().get("items").spliterator(), false)
        .filter(route -> route.get("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** Each by its own route; the steady one has those of one topic too. */
  private static void awaitAll(HttpTarget target, int messages) {
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              Set<String> edited = bodies(target, "/edited-");
              assertThat(
                      IntStream.range(0, messages).filter(i -> !edited.contains(String.valueOf(i))))
                  .as("messages that are missing")
                  .isEmpty();
              Set<String> steady = bodies(target, "/steady");
              assertThat(
                      IntStream.range(0, messages)
                          .filter(i -> i / 2 % FILES == 0 && !steady.contains(String.valueOf(i))))
                  .as("messages that the steady route missed")
                  .isEmpty();
            });
  }

  private static Set<String> bodies(HttpTarget target, String path) {
    return target.posted().stream()
        .filter(post -> post.path().startsWith(path))
        .map(Posted::body)
        .collect(Collectors.toSet());
  }

  private static void assertNothingStays(ApplicationProcess application) throws Exception {
    String histogram = jcmd(application, "GC.class_histogram");
    for (String type :
        Set.of(
            "org.mqttintegration.bridge.SignalConsumer",
            "org.mqttintegration.bridge.Reception",
            "org.apache.camel.component.http.HttpEndpoint",
            "org.apache.camel.component.http.HttpProducer",
            "org.apache.hc.client5.http.impl.classic.InternalHttpClient")) {
      assertThat(instances(histogram, type)).as(type).isEqualTo(ROUTES);
    }
  }

  private static int instances(String histogram, String type) {
    return histogram
        .lines()
        .map(line -> line.trim().split("\\s+"))
        .filter(line -> line.length >= 4 && line[3].equals(type))
        .mapToInt(line -> Integer.parseInt(line[1]))
        .sum();
  }

  private static int threads(ApplicationProcess application) throws Exception {
    return (int)
        jcmd(application, "Thread.print").lines().filter(line -> line.startsWith("\"")).count();
  }

  private static String jcmd(ApplicationProcess application, String command) throws Exception {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(application.pid()),
                command)
            .redirectErrorStream(true)
            .start();
    String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jcmd.waitFor()).as(output).isZero();
    return output;
  }
}
