package org.mqttintegration.signal;

import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.resource.Operations;
import org.mqttintegration.testing.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class FirstMessageIT {
  @Autowired Operations operations;
  @Autowired LocalBroker local;

  @Test
  void smoke() {
    var broker =
        operations.call(
            "createBroker",
            Map.of(),
            """
        {"name":"first","host":"%s","port":%d,"password":null}"""
                .formatted(local.host(), local.port()));
    System.out.println(broker);
    long brokerId = broker.body().get("id").asLong();
    var subscription =
        operations.call(
            "createSubscription",
            Map.of(),
            """
        {"brokerId":%d,"topic":"first/#","qos":1}"""
                .formatted(brokerId));
    System.out.println(subscription);
    System.out.println(
        operations.call("subscribe", Map.of("id", subscription.body().get("id").asText()), null));
    var signal =
        operations.call(
            "createSignal",
            Map.of(),
            """
        {"name":"s","brokerId":%d,"topic":"first/${body}","qos":1,"payload":"hi","subscriptionId":%s}"""
                .formatted(brokerId, subscription.body().get("id").asText()));
    System.out.println(signal);
    System.out.println(
        operations.call("sendSignal", Map.of("id", signal.body().get("id").asText()), null));
    Awaitility.await()
        .until(
            () ->
                operations
                        .call("listHistory", Map.of("brokerId", "" + brokerId), null)
                        .body()
                        .get("items")
                        .size()
                    == 2);
    System.out.println(operations.call("listHistory", Map.of("brokerId", "" + brokerId), null));
    System.out.println(
        operations.call("unsubscribe", Map.of("id", subscription.body().get("id").asText()), null));
    System.out.println(
        operations.call("deleteBroker", Map.of("id", "" + brokerId, "cascade", "true"), null));
  }
}
