package org.mqttintegration.examples;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kafka.server.BrokerServer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.mqttintegration.testing.Ports;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** A Kafka (KRaft) on a port of its own; it can be stopped, and comes back there without data. */
final class KafkaPeer implements AutoCloseable {

  private static final String[] TOPICS = {"mqtt-messages", "mqtt-commands", "mqtt-log"};
  private static final int PARTITIONS = 3;

  private final int port = Ports.free();
  private EmbeddedKafkaKraftBroker broker;

  void start() {
    broker = new EmbeddedKafkaKraftBroker(1, PARTITIONS, TOPICS);
    broker.brokerProperty(
        "listeners", "EXTERNAL://127.0.0.1:%d,CONTROLLER://127.0.0.1:0".formatted(port));
    broker.afterPropertiesSet();
  }

  void stop() {
    broker.destroy();
  }

  /** Stops it with all that it has. */
  void pause() {
    BrokerServer server = broker.getCluster().brokers().get(0);
    server.shutdown();
    server.awaitShutdown();
  }

  /** Goes on with all that it had. */
  void goOn() {
    broker.getCluster().brokers().get(0).startup();
  }

  String brokers() {
    return "127.0.0.1:" + port;
  }

  /** All records of a topic, each partition in its order. */
  List<ConsumerRecord<String, String>> records(String topic) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            brokers(),
            "group.id",
            "test-" + UUID.randomUUID(),
            "auto.offset.reset",
            "earliest");
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(
          consumer.partitionsFor(topic).stream()
              .map(p -> new org.apache.kafka.common.TopicPartition(topic, p.partition()))
              .toList());
      Map<?, Long> ends = consumer.endOffsets(consumer.assignment());
      long end = ends.values().stream().mapToLong(Long::longValue).sum();
      while (records.size() < end) {
        consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
      }
    }
    return records;
  }

  /** Writes a record, and waits until Kafka has it. */
  void write(String topic, String key, String value) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, key, value)).get();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
