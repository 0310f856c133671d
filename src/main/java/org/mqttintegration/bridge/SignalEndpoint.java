package org.mqttintegration.bridge;

import java.time.Duration;
import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.TopicFilter;

/**
 * Receive MQTT messages after they are recorded, and send messages through the outbox.
 *
 * <p>The history is the log that routes receive from: an exchange begins after the commit of its
 * message. A durable route has a position of its own in it.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "signal",
    title = "Signal",
    syntax = "signal:operation",
    category = {Category.MESSAGING, Category.IOT},
    headersClass = SignalHeaders.class)
public class SignalEndpoint extends DefaultEndpoint implements MultipleConsumersSupport {

  @UriPath(description = "What the endpoint does: receive for from, send for to")
  @Metadata(required = true)
  private final SignalOperation operation;

  @UriParam(description = "The name of the broker. To receive from all brokers, leave it out")
  private @Nullable String broker;

  @UriParam(
      description =
          "To receive: a topic filter, as in plant/#; all topics when absent. To send: the topic; the header mqttTopic when absent")
  private @Nullable String topic;

  @UriParam(
      label = "consumer",
      description =
          "The topic filter of one of the broker's subscriptions, of which alone messages are received. A message that several subscriptions asked for is recorded, and received, for each")
  private @Nullable String subscription;

  @UriParam(
      label = "consumer",
      description =
          "The name of the route's own position in the history. With it, each message is received at least once, across restarts, failures and kills; without it, from the route's start on, at most once")
  private @Nullable String durable;

  @UriParam(
      label = "consumer",
      defaultValue = "8",
      description =
          "How many topics are worked on at once. Messages of one topic come one after the other, in order")
  private int concurrency = 8;

  @UriParam(label = "producer", defaultValue = "0", enums = "0,1,2", description = "The QoS")
  private int qos;

  @UriParam(label = "producer", defaultValue = "false", description = "The RETAIN flag")
  private boolean retain;

  @UriParam(
      label = "producer",
      javaType = "java.time.Duration",
      description =
          "How long to wait for the broker's answer, as in 10s. The step fails when the message was not sent. When absent it goes on as soon as the message is stored")
  private Duration wait = Duration.ZERO;

  SignalEndpoint(String uri, Component component, SignalOperation operation) {
    super(uri, component);
    this.operation = operation;
  }

  /** Refuses what cannot work, before anything starts. */
  void check() {
    if (operation == SignalOperation.send) {
      require(broker != null, "signal:send needs the parameter broker");
      require(qos >= 0 && qos <= 2, "qos is 0, 1 or 2");
    } else {
      require(broker != null || subscription == null, "subscription needs the parameter broker");
      require(concurrency >= 1 && concurrency <= 256, "concurrency is from 1 to 256");
      String fault = topic == null ? null : TopicFilter.fault(topic);
      require(fault == null, fault);
      require(durable == null || !durable.isBlank(), "durable needs a name");
    }
  }

  private static void require(boolean holds, @Nullable String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    require(
        operation == SignalOperation.receive, "signal:send is for to; from takes signal:receive");
    SignalConsumer consumer = new SignalConsumer(this, processor);
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    require(operation == SignalOperation.send, "signal:receive is for from; to takes signal:send");
    return new SignalProducer(this);
  }

  /** Of what it does, since its instances share nothing: each consumer has a place of its own. */
  @Override
  public boolean isMultipleConsumersSupported() {
    return true;
  }

  public SignalOperation getOperation() {
    return operation;
  }

  public @Nullable String getBroker() {
    return broker;
  }

  /** A parameter of a template that nobody gave is an empty text. */
  public void setBroker(@Nullable String broker) {
    this.broker = broker == null || broker.isBlank() ? null : broker;
  }

  public @Nullable String getTopic() {
    return topic;
  }

  public void setTopic(@Nullable String topic) {
    this.topic = topic;
  }

  public @Nullable String getSubscription() {
    return subscription;
  }

  public void setSubscription(@Nullable String subscription) {
    this.subscription = subscription;
  }

  public @Nullable String getDurable() {
    return durable;
  }

  public void setDurable(@Nullable String durable) {
    this.durable = durable;
  }

  public int getConcurrency() {
    return concurrency;
  }

  public void setConcurrency(int concurrency) {
    this.concurrency = concurrency;
  }

  public int getQos() {
    return qos;
  }

  public void setQos(int qos) {
    this.qos = qos;
  }

  public boolean isRetain() {
    return retain;
  }

  public void setRetain(boolean retain) {
    this.retain = retain;
  }

  public Duration getWait() {
    return wait;
  }

  public void setWait(Duration wait) {
    this.wait = wait;
  }
}
