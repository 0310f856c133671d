package org.mqttintegration.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.MqttTestClient.Received;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;

class EmbeddedArtemisIT {

  @BeforeAll
  static void report() {
    Parts.ran(EmbeddedArtemisIT.class, Part.ARTEMIS);
  }

  @Test
  void given_a_session_retained_and_queued_messages_when_restarted_then_all_are_there_on_one_port()
      throws Exception {
    Path directory;
    String uri;
    try (ArtemisOfTests artemis = ArtemisOfTests.start()) {
      directory = artemis.directory();
      uri = artemis.broker().uri();
      MqttTestClient.connect(uri, "sleeper", keepSession()).subscribe("queued/#", 1).close();
      try (MqttTestClient publisher = MqttTestClient.connect(uri)) {
        publisher.publish("queued/a", "waits", 1);
        publisher.publish("kept/a.b c", bytes("retained"), 1, true, new MqttProperties());
      }
    }
    try (ArtemisOfTests artemis = ArtemisOfTests.start(directory)) {
      assertThat(artemis.broker().uri()).isEqualTo(uri);
      try (MqttTestClient sleeper = MqttTestClient.connect(uri, "sleeper", keepSession())) {
        assertThat(sleeper.await(1)).extracting(Received::text).containsExactly("waits");
      }
      try (MqttTestClient fresh = MqttTestClient.connect(uri).subscribe("kept/+", 1)) {
        assertThat(fresh.await(1))
            .singleElement()
            .matches(Received::retained)
            .extracting(Received::topic, Received::text)
            .containsExactly("kept/a.b c", "retained");
      }
    }
  }

  @Test
  void given_a_message_of_a_megabyte_when_published_then_it_arrives_byte_for_byte()
      throws Exception {
    byte[] payload = new byte[1 << 20];
    new Random(7).nextBytes(payload);
    try (ArtemisOfTests artemis = ArtemisOfTests.start();
        MqttTestClient client = MqttTestClient.connect(artemis.broker().uri())) {
      client.subscribe("large", 2).publish("large", payload, 2, false, new MqttProperties());
      assertThat(client.await(1)).singleElement().matches(r -> Arrays.equals(r.payload(), payload));
    }
  }

  @Test
  void given_a_message_that_is_never_acknowledged_when_delivered_often_then_it_is_not_dropped()
      throws Exception {
    try (ArtemisOfTests artemis = ArtemisOfTests.start()) {
      String uri = artemis.broker().uri();
      MqttTestClient.connect(uri, "forgetful", keepSession()).subscribe("again", 1).close();
      try (MqttTestClient publisher = MqttTestClient.connect(uri)) {
        publisher.publish("again", "still here", 1);
      }
      for (int i = 0; i < 15; i++) {
        MqttTestClient client =
            MqttTestClient.connectWithoutAcknowledging(uri, "forgetful", keepSession());
        client.await(1);
        client.cut();
      }
      try (MqttTestClient client = MqttTestClient.connect(uri, "forgetful", keepSession())) {
        assertThat(client.await(1)).extracting(Received::text).contains("still here");
      }
    }
  }

  @Test
  void given_the_receive_maximum_in_flight_when_the_session_is_resumed_then_all_is_delivered()
      throws Exception {
    MqttConnectionOptions window = keepSession();
    window.setReceiveMaximum(10);
    try (ArtemisOfTests artemis = ArtemisOfTests.start()) {
      String uri = artemis.broker().uri();
      try (MqttTestClient publisher = MqttTestClient.connect(uri)) {
        MqttTestClient hesitant =
            MqttTestClient.connectWithoutAcknowledging(uri, "hesitant", window);
        hesitant.subscribe("window", 1);
        for (int i = 0; i < 30; i++) {
          publisher.publish("window", "message " + i, 1);
        }
        hesitant.await(10);
        hesitant.cut();
      }
      try (MqttTestClient client = MqttTestClient.connect(uri, "hesitant", window)) {
        assertThat(client.await(30)).extracting(Received::text).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void
      given_messages_in_flight_when_the_session_is_resumed_then_they_keep_their_packet_identifiers()
          throws Exception {
    try (ArtemisOfTests artemis = ArtemisOfTests.start();
        MqttTestClient publisher = MqttTestClient.connect(artemis.broker().uri())) {
      String uri = artemis.broker().uri();
      MqttTestClient first =
          MqttTestClient.connectWithoutAcknowledging(uri, "keeps", keepSession());
      first.subscribe("kept/#", 1, 7).subscribe("kept/+", 1, 8);
      for (int i = 0; i < 10; i++) {
        publisher.publish("kept/a", "message " + i, 1);
      }
      Set<String> before = copies(first.await(20));
      first.cut();
      // twice, as a connection may be lost again meanwhile
      MqttTestClient second =
          MqttTestClient.connectWithoutAcknowledging(uri, "keeps", keepSession());
      assertThat(copies(second.await(20))).isEqualTo(before);
      second.cut();
      try (MqttTestClient third = MqttTestClient.connect(uri, "keeps", keepSession())) {
        publisher.publish("kept/a", "another", 1);
        assertThat(copies(third.await(22))).hasSize(22).containsAll(before);
      }
    }
  }

  /** Packet identifier, text and subscription. */
  private static Set<String> copies(List<Received> received) {
    return received.stream()
        .map(r -> r.packetIdentifier() + " " + r.text() + " " + r.subscriptionIdentifiers())
        .collect(Collectors.toSet());
  }

  @Test
  void given_overlapping_subscriptions_when_a_message_matches_both_then_each_copy_names_its_own()
      throws Exception {
    byte[] large = new byte[1 << 20];
    try (ArtemisOfTests artemis = ArtemisOfTests.start();
        MqttTestClient client = MqttTestClient.connect(artemis.broker().uri())) {
      client.subscribe("overlap/#", 1, 7).subscribe("overlap/a.b/+", 1, 8);
      for (byte[] payload : List.of(bytes("small"), large)) {
        client.publish("overlap/a.b/c", payload, 1, false, new MqttProperties());
      }
      client.publish("overlap/d", "one", 1);
      assertThat(client.await(5))
          .extracting(Received::topic, r -> r.payload().length, Received::subscriptionIdentifiers)
          .containsExactlyInAnyOrder(
              tuple("overlap/a.b/c", 5, List.of(7)),
              tuple("overlap/a.b/c", 5, List.of(8)),
              tuple("overlap/a.b/c", large.length, List.of(7)),
              tuple("overlap/a.b/c", large.length, List.of(8)),
              tuple("overlap/d", 3, List.of(7)));
    }
  }

  private static MqttConnectionOptions keepSession() {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(false);
    options.setSessionExpiryInterval(3600L);
    return options;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
