package org.mqttintegration.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mqttintegration.MqttIntegration;
import org.mqttintegration.testing.Certificates;
import org.mqttintegration.testing.NewDataDirectory;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.RestApi.Answer;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Secrets are used, fail, and are refused; then they are searched for in all that the application
 * says, shows and stores. A heap dump is not searched.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretCanaryIT {

  private static final String TOKEN = "canaryTokenOne)&x=1";
  private static final String OTHER_TOKEN = "canaryTokenTwo";
  private static final String BROKER = "canaryBroker";
  private static final String DATABASE = "canaryDatabase";
  private static final String REFUSED = "canaryRefused";
  private static final String LEAK = "leakedCanary";
  private static final String KEY = EncryptionKey.generate();
  private static final String CLIENT_KEY = Certificates.newKey();

  private final Queue<String> arrived = new ConcurrentLinkedQueue<>();
  private Canaries canaries;
  private EmbeddedPostgres postgres;
  private HttpServer target;
  private ConnectListener broker;
  private ConfigurableApplicationContext application;
  private RestApi api;

  @BeforeAll
  void start() throws Exception {
    Parts.ran(SecretCanaryIT.class, Part.EMBEDDED_POSTGRESQL);
    canaries =
        new Canaries(
            TOKEN,
            "canaryTokenOne",
            OTHER_TOKEN,
            BROKER,
            DATABASE,
            REFUSED,
            KEY,
            CLIENT_KEY.lines().skip(1).findFirst().orElseThrow());
    postgres = EmbeddedPostgres.start();
    JdbcClient.create(postgres.getPostgresDatabase())
        .sql("create role app superuser login password '%s'".formatted(DATABASE))
        .update();
    target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext(
        "/",
        exchange -> {
          arrived.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().entrySet());
          exchange.sendResponseHeaders(403, -1);
          exchange.close();
        });
    target.start();
    broker = new ConnectListener();
    application = application();
    api =
        new RestApi(
            () ->
                application
                    .getEnvironment()
                    .getRequiredProperty("local.server.port", Integer.class),
            application.getBean(ObjectMapper.class));
    plant();
  }

  private ConfigurableApplicationContext application() {
    Path data = NewDataDirectory.create();
    return new SpringApplicationBuilder(MqttIntegration.class)
        .properties(
            Map.ofEntries(
                Map.entry("server.port", "0"),
                Map.entry("spring.datasource.url", postgres.getJdbcUrl("app", "postgres")),
                Map.entry("spring.datasource.username", "app"),
                Map.entry("spring.datasource.password", DATABASE),
                Map.entry("spring.jmx.enabled", "true"),
                Map.entry("spring.datasource.hikari.register-mbeans", "true"),
                Map.entry("management.endpoints.web.exposure.include", "*"),
                Map.entry("mqtt-integration.data-directory", data.toString()),
                Map.entry("mqtt-integration.secrets.key", KEY),
                Map.entry("mqtt-integration.embedded.mqtt.enabled", "false"),
                Map.entry("mqtt-integration.demonstration.enabled", "false"),
                Map.entry("mqtt-integration.bridge.redeliveries", "1"),
                Map.entry("mqtt-integration.bridge.redelivery-delay", "10ms"),
                Map.entry("mqtt-integration.route-files.directory", data.resolve("r").toString())))
        // Quartz keeps the data sources of a JVM by name, and another application runs here too
        .run("--spring.quartz.scheduler-name=canary", "--" + RestApi.INITIAL_PASSWORD);
  }

  @AfterAll
  void stop() throws Exception {
    application.close();
    target.stop(0);
    broker.close();
    postgres.close();
    canaries.close();
  }

  private void plant() {
    api.put("/secrets/one", Map.of("value", TOKEN)).expect(200);
    api.put("/secrets/two", Map.of("value", OTHER_TOKEN)).expect(200);
    long id =
        api.create(
            "/brokers",
            Map.of(
                "name",
                "canary",
                "host",
                "127.0.0.1",
                "port",
                broker.port(),
                "username",
                "u",
                "password",
                BROKER,
                "clientKey",
                CLIENT_KEY,
                "tls",
                Map.of("certificateFile", "client.pem")));
    api.post("/brokers/%d/check-connection".formatted(id)).expect(200);
    putRoute("canary.camel.yaml", route()).expect(200);
  }

  /** Fails for good: 403 is no target that is away. */
  private String route() {
    return """
        - route:
            id: canary
            description: Fails
            from:
              uri: timer
              parameters:
                timerName: canary
                repeatCount: 2
                delay: 10
              steps:
                - to:
                    uri: http://127.0.0.1:%1$d/out
                    parameters:
                      one: RAW({{secret:one}})
                      authMethod: Basic
                      authenticationPreemptive: true
                      authUsername: u
                      authPassword: RAW({{secret:two}})
        - route:
            id: canary-mail
            description: Has a secret, and nothing to do
            from:
              uri: direct:canary-mail
              steps:
                - to:
                    uri: smtp://127.0.0.1:1
                    parameters:
                      username: u
                      password: RAW({{secret:one}})
        """
        .formatted(target.getAddress().getPort());
  }

  private Answer putRoute(String name, String text) {
    return api.send("PUT", "/route-files/" + name, text, Map.of("Content-Type", "text/yaml"));
  }

  @Test
  void given_secrets_that_are_used_and_fail_when_everything_is_searched_then_they_are_nowhere()
      throws Exception {
    awaitFailures();
    refusals();

    canaries.searchEndpoints(application.getBean(CamelContext.class));
    new ServedTexts(api).all().forEach(canaries::search);
    canaries.searchJmx();
    canaries.searchDatabase(application.getBean(JdbcClient.class));
    canaries.searchLog();

    assertThat(canaries.found()).isEmpty();
  }

  /** The secrets are at work: each arrived where it belongs. */
  private void awaitFailures() {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(api.get("/dead-letters").expect(200).json().path("items")).hasSize(2));
    assertThat(broker.packets().toString()).contains(BROKER);
    assertThat(arrived)
        .isNotEmpty()
        .allMatch(request -> request.contains("canaryTokenOne"))
        .allMatch(request -> request.contains(Canaries.basic(OTHER_TOKEN)));
    JsonNode routes = api.get("/routes").expect(200).json().path("items");
    assertThat(routes.findValuesAsText("failures")).contains("2");
  }

  /** What is wrong, with a secret in it. */
  private void refusals() {
    String other = route().replace("canary", "wrong");
    search(
        422,
        putRoute(
            "wrong.camel.yaml",
            other
                .replace("Basic", "RAW({{secret:two}})")
                .replace("authenticationPreemptive: true", "connectTimeout: RAW({{secret:two}})")));
    search(422, putRoute("wrong.camel.yaml", other + REFUSED));
    search(400, api.post("/brokers", "{\"name\":\"x\",\"password\":[\"%s\"]}".formatted(REFUSED)));
    search(400, api.post("/brokers", "{\"password\":\"%s\" %s".formatted(REFUSED, REFUSED)));
    search(400, api.put("/secrets/x", "{\"value\":{\"a\":\"%s\"}}".formatted(REFUSED)));
    search(400, api.put("/secrets/x", "{\"valeu\":\"%s\"}".formatted(REFUSED)));
    search(400, api.put("/secrets/x", Map.of("value", REFUSED.repeat(6_000))));
    search(404, api.put("/secrets/.x", Map.of("value", REFUSED)));
    Answer trial =
        api.send(
            "POST",
            "/route-files/try?name=canary.camel.yaml",
            route().replaceAll("(?s)uri: timer.*?steps:", "uri: signal:receive\n      steps:"),
            Map.of("Content-Type", "text/yaml"));
    search(200, trial);
  }

  private void search(int status, Answer answer) {
    answer.expect(status);
    canaries.search(answer.request(), answer.text());
  }

  @Test
  void given_a_leak_when_searched_then_it_is_found() throws Exception {
    CamelContext camel = application.getBean(CamelContext.class);
    JdbcClient database = application.getBean(JdbcClient.class);
    try (Canaries seeing = new Canaries(LEAK)) {
      LoggerFactory.getLogger("leak").info("password={}", LEAK);
      camel.getEndpoint("log:leak?marker=" + LEAK);
      database.sql("create table leak as select ?::text as leaked").param(LEAK).update();
      seeing.search("basic", Canaries.basic(LEAK));
      seeing.searchLog();
      seeing.searchEndpoints(camel);
      System.setProperty("leak", LEAK);
      seeing.searchJmx();
      System.clearProperty("leak");
      seeing.searchDatabase(database);
      camel.removeEndpoints("log:leak*");
      database.sql("drop table leak").update();

      assertThat(seeing.found())
          .contains("log: leak has " + LEAK, "public.leak.leaked has " + LEAK)
          .contains("basic has " + LEAK + " in base64")
          .anyMatch(place -> place.startsWith("endpoint LogEndpoint"))
          .anyMatch(place -> place.startsWith("JMX java.lang:type=Runtime"));
    }
  }
}
