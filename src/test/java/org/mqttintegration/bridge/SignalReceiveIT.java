package org.mqttintegration.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What {@code signal:receive} promises to routes. */
@IntegrationTest
class SignalReceiveIT {

  @Autowired RestApi api;
  @Autowired BrokerService brokers;
  @Autowired LocalBroker local;
  @Autowired CamelContext camel;
  @Autowired DeadLetters deadLetters;
  @Autowired Receptions receptions;
  @Autowired JdbcClient database;

  private BridgeFixture bridge;
  private final List<Exchange> received = new CopyOnWriteArrayList<>();

  @BeforeEach
  void aBridge() throws Exception {
    bridge = new BridgeFixture(api, brokers, local, camel, "bridge");
    database.sql("delete from durable_position").update();
    deadLetters.deleteAll(null);
  }

  @AfterEach
  void noBridge() throws Exception {
    bridge.close();
  }

  @Test
  void given_a_route_when_messages_come_then_it_has_them_with_their_headers() throws Exception {
    start("live", "", received::add);

    bridge.publish("a", "21.5");
    await().until(() -> received.size() == 1);

    Exchange exchange = received.get(0);
    assertThat(exchange.getMessage().getBody()).isEqualTo("21.5".getBytes());
    Map<String, Object> headers = exchange.getMessage().getHeaders();
    assertThat(headers)
        .containsEntry("mqttBroker", "bridge")
        .containsEntry("mqttTopic", "bridge/a")
        .containsEntry("mqttQos", 1)
        .containsEntry("mqttRetain", false);
    long id = exchange.getMessage().getHeader("mqttHistoryId", Long.class);
    assertThat(api.get("/history/" + id).expect(200).json().get("timestamp").asText())
        .isEqualTo(headers.get("mqttTimestamp"));
  }

  @Test
  void given_a_topic_filter_when_others_come_then_only_its_own_are_received() throws Exception {
    start("filtered", "&topic=bridge/+/warm", received::add);

    bridge.publish("a/cold", "1");
    bridge.publish("a/warm", "2");
    bridge.publish("b/warm", "3");

    await().until(() -> received.size() == 2);
    assertThat(bodies()).containsExactlyInAnyOrder("2", "3");
  }

  @Test
  void given_a_durable_route_when_it_was_stopped_then_it_goes_on_where_it_was() throws Exception {
    start("again", "&durable=again", received::add);
    bridge.publish("a", "1");
    await().until(() -> received.size() == 1);
    bridge.stop("again");

    bridge.publish("a", "2");
    bridge.publish("a", "3");
    start("again", "&durable=again", received::add);

    await().until(() -> received.size() == 3);
    assertThat(bodies()).containsExactly("1", "2", "3");
  }

  @Test
  void given_many_topics_when_worked_on_side_by_side_then_each_topic_keeps_its_order()
      throws Exception {
    Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger together = new AtomicInteger();
    AtomicBoolean overtaken = new AtomicBoolean();
    start(
        "parallel",
        "&durable=parallel&concurrency=4",
        exchange -> {
          String topic = exchange.getMessage().getHeader("mqttTopic", String.class);
          most.accumulateAndGet(together.incrementAndGet(), Math::max);
          if (running.computeIfAbsent(topic, t -> new AtomicInteger()).incrementAndGet() > 1) {
            overtaken.set(true);
          }
          Thread.sleep(1);
          received.add(exchange);
          running.get(topic).decrementAndGet();
          together.decrementAndGet();
        });

    for (int i = 0; i < 200; i++) {
      bridge.publish("t" + i % 10, Integer.toString(i));
    }

    await().until(() -> received.size() == 200);
    assertThat(overtaken).isFalse();
    assertThat(most.get()).isBetween(2, 4);
    for (int t = 0; t < 10; t++) {
      String topic = "bridge/t" + t;
      assertThat(
              received.stream()
                  .filter(e -> topic.equals(e.getMessage().getHeader("mqttTopic")))
                  .map(e -> Integer.valueOf(e.getMessage().getBody(String.class))))
          .hasSize(20)
          .isSorted();
    }
  }

  @Test
  void given_a_target_that_is_away_when_it_comes_back_then_all_arrive_in_order() throws Exception {
    AtomicBoolean away = new AtomicBoolean(true);
    start(
        "patient",
        "&durable=patient",
        exchange -> {
          if (away.get()) {
            throw new ConnectException("Connection refused");
          }
          received.add(exchange);
        });
    for (int i = 0; i < 20; i++) {
      bridge.publish("a", Integer.toString(i));
    }
    await().until(() -> receptions.of("patient").obstacle() != null);
    assertThat(receptions.of("patient").obstacle()).contains("Connection refused");

    away.set(false);

    await().until(() -> received.size() == 20);
    assertThat(bodies()).isEqualTo(IntStream.range(0, 20).mapToObj(Integer::toString).toList());
    assertThat(receptions.of("patient").obstacle()).isNull();
    assertThat(deadLetters.list(null, null, 10).items()).isEmpty();
  }

  @Test
  void
      given_a_message_that_always_fails_when_redelivered_then_it_is_a_dead_letter_and_others_go_on()
          throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    start(
        "poison",
        "&durable=poison",
        exchange -> {
          if (exchange.getMessage().getBody(String.class).equals("bad")) {
            attempts.incrementAndGet();
            throw new IllegalArgumentException("I do not like it");
          }
          received.add(exchange);
        });

    bridge.publish("a", "bad");
    bridge.publish("a", "good");

    await().until(() -> received.size() == 1);
    DeadLetter letter = deadLetters.list("poison", null, 10).items().get(0);
    assertThat(letter.exception()).isEqualTo("java.lang.IllegalArgumentException");
    assertThat(letter.message()).isEqualTo("I do not like it");
    assertThat(attempts).hasValue(3);
    DeadLetterContent content = deadLetters.get(letter.id());
    assertThat(content.body()).isEqualTo("bad");
    assertThat(content.headers()).containsEntry("mqttTopic", "bridge/a");
    assertThat(letter.historyId()).isNotNull();
  }

  @Test
  void given_an_exchange_under_way_when_the_route_stops_then_its_message_comes_again()
      throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    start(
        "slow",
        "&durable=slow",
        exchange -> {
          begun.countDown();
          new CountDownLatch(1).await();
        });
    bridge.publish("a", "1");
    begun.await();

    bridge.stop("slow");
    start("slow", "&durable=slow", received::add);

    await().until(() -> received.size() == 1);
    assertThat(bodies()).containsExactly("1");
    assertThat(deadLetters.list(null, null, 10).items()).isEmpty();
  }

  @Test
  void given_the_durable_name_of_another_route_when_started_then_it_is_refused() throws Exception {
    start("first", "&durable=shared", received::add);

    assertThatThrownBy(() -> start("second", "&durable=shared", received::add))
        .hasStackTraceContaining("The durable name shared is that of the route first already");
  }

  @Test
  void given_no_such_broker_when_started_then_it_waits_and_says_so() throws Exception {
    bridge.route(route("lost", "signal:receive?broker=nobody&durable=lost", received::add));

    await().until(() -> receptions.of("lost").obstacle() != null);
    assertThat(receptions.of("lost").obstacle())
        .isEqualTo("There is no broker with the name nobody");
  }

  @Test
  void given_two_bridges_in_a_circle_when_a_message_comes_then_it_stops_after_the_limit()
      throws Exception {
    bridge.route(sendingOn("there", "bridge/a", "bridge/b"));
    bridge.route(sendingOn("back", "bridge/b", "bridge/a"));

    bridge.publish("a", "round");

    await().until(() -> !deadLetters.list(null, null, 10).items().isEmpty());
    DeadLetter letter = deadLetters.list(null, null, 10).items().get(0);
    assertThat(letter.exception()).endsWith("HopLimitException");
    assertThat(received).hasSize(8);
    assertThat(deadLetters.get(letter.id()).headers().get("mqttUserProperties"))
        .isEqualTo(Map.of(Hops.USER_PROPERTY, "8"));
  }

  @Test
  void given_a_durable_route_when_it_is_set_back_then_it_works_on_all_since_then_again()
      throws Exception {
    start("replay", "&durable=replay", received::add);
    for (int i = 0; i < 3; i++) {
      bridge.publish("a", Integer.toString(i));
    }
    await().until(() -> received.size() == 3);
    long second = received.get(1).getMessage().getHeader("mqttHistoryId", Long.class);

    api.put("/positions/replay", "{\"historyId\": %d}".formatted(second)).expect(200);

    await().until(() -> received.size() == 5);
    assertThat(bodies()).containsExactly("0", "1", "2", "1", "2");
    await().until(() -> api.get("/positions/replay").expect(200).json().get("lag").asLong() == 0);
    api.delete("/positions/replay").expectProblem(409, "conflict");
  }

  @Test
  void given_dead_letters_when_tried_again_then_those_that_succeed_are_gone() throws Exception {
    AtomicBoolean wants = new AtomicBoolean();
    start(
        "moody",
        "&durable=moody",
        exchange -> {
          if (!wants.get()) {
            throw new IllegalArgumentException("Not today");
          }
          received.add(exchange);
        });
    bridge.publish("a", "1");
    bridge.publish("b", "2");
    await().until(() -> deadLetters.list("moody", null, 10).items().size() == 2);
    long first = deadLetters.list("moody", null, 10).items().get(0).id();

    assertThat(api.post("/dead-letters/" + first + "/retry").expect(200).json().get("success"))
        .isEqualTo(BooleanNode.FALSE);
    assertThat(api.get("/dead-letters/" + first).expect(200).json().get("retries").asInt())
        .isEqualTo(1);
    String all = "/dead-letters/retry?routeId=moody";
    wants.set(true);
    JsonNode later = api.post(all + "&seconds=5&after=" + first).expect(200).json();
    assertThat(later.path("last").asLong()).isGreaterThan(first);
    assertThat(later.path("succeeded").asInt()).isEqualTo(1);
    assertThat(api.post(all).expect(200).json().toString())
        .isEqualTo("{\"succeeded\":1,\"failed\":0,\"left\":0,\"last\":%d}".formatted(first));
    assertThat(api.post(all).expect(200).json().path("last").isNull()).isTrue();
    api.post(all + "&seconds=46").expectProblem(400, "invalid-request");

    assertThat(bodies()).containsExactlyInAnyOrder("1", "2");
    assertThat(received.get(0).getMessage().getHeader("mqttTopic", String.class))
        .startsWith("bridge/");
    assertThat(deadLetters.list("moody", null, 10).items()).isEmpty();
  }

  @Test
  void given_a_route_that_does_not_receive_when_it_fails_then_its_message_is_kept_as_it_came()
      throws Exception {
    bridge.route(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("seda:failing")
                .routeId("failing")
                .routeConfigurationId(RouteFileRouteConfiguration.ID)
                .setBody(constant("changed on the way"))
                .removeHeaders("*")
                .throwException(new IllegalStateException("at the end"));
          }
        });

    camel.createProducerTemplate().sendBodyAndHeader("seda:failing", "as it came", "a", 1);

    await().until(() -> deadLetters.list("failing", null, 10).items().size() == 1);
    DeadLetterContent kept =
        deadLetters.get(deadLetters.list("failing", null, 10).items().get(0).id());
    assertThat(kept.body()).isEqualTo("as it came");
    assertThat(kept.headers()).containsEntry("a", 1);
    assertThat(kept.deadLetter().bodyType()).isEqualTo("java.lang.String");
  }

  @Test
  void given_a_caller_that_waits_when_the_route_fails_then_the_caller_is_told_at_once()
      throws Exception {
    bridge.route(
        route(
            "called",
            "direct:called",
            e -> {
              throw new ConnectException("away");
            }));

    assertThatThrownBy(() -> camel.createProducerTemplate().requestBody("direct:called", "x"))
        .hasRootCauseMessage("away");
    assertThat(deadLetters.list("called", null, 10).items()).isEmpty();
  }

  @Test
  void given_a_message_that_is_tapped_when_that_way_fails_then_it_has_a_dead_letter_of_its_own()
      throws Exception {
    bridge.route(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("signal:receive?broker=bridge&durable=tapped")
                .routeId("tapped")
                .routeConfigurationId(RouteFileRouteConfiguration.ID)
                .wireTap("direct:aside")
                .end()
                .process(received::add);
            from("direct:aside")
                .routeId("aside")
                .routeConfigurationId(RouteFileRouteConfiguration.ID)
                .throwException(new IllegalArgumentException("aside"));
          }
        });

    bridge.publish("a", "1");

    await().until(() -> deadLetters.list(null, null, 10).items().size() == 1);
    assertThat(deadLetters.list(null, null, 10).items().get(0).message()).isEqualTo("aside");
    await().until(() -> received.size() == 1);
  }

  @Test
  void given_a_message_that_is_split_when_a_part_fails_then_the_message_is_one_dead_letter()
      throws Exception {
    bridge.route(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("signal:receive?broker=bridge&durable=split")
                .routeId("split")
                .routeConfigurationId(RouteFileRouteConfiguration.ID)
                .convertBodyTo(String.class)
                .split(body().tokenize(","))
                .filter(body().isEqualTo("bad"))
                .throwException(new IllegalArgumentException("a part"));
          }
        });

    bridge.publish("a", "good,bad,good");

    await().until(() -> !deadLetters.list("split", null, 10).items().isEmpty());
    await().until(() -> receptions.of("split").position().equals(receptions.feed().end()));
    List<DeadLetter> letters = deadLetters.list("split", null, 10).items();
    assertThat(letters).hasSize(1);
    assertThat(deadLetters.get(letters.get(0).id()).body()).isEqualTo("good,bad,good");
  }

  private RouteBuilder sendingOn(String id, String from, String to) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("signal:receive?broker=bridge&topic=" + from + "&durable=" + id)
            .routeId(id)
            .routeConfigurationId(RouteFileRouteConfiguration.ID)
            .to("signal:send?broker=bridge&qos=1&topic=" + to)
            .process(received::add);
      }
    };
  }

  private void start(String id, String options, Processor target) throws Exception {
    bridge.route(route(id, "signal:receive?broker=bridge" + options, target));
  }

  private static RouteBuilder route(String id, String from, Processor target) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from(from).routeId(id).routeConfigurationId(RouteFileRouteConfiguration.ID).process(target);
      }
    };
  }

  private List<String> bodies() {
    return received.stream().map(e -> e.getMessage().getBody(String.class)).toList();
  }
}
