package org.mqttintegration.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.WriteOnly;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;

/** What tests of stored brokers have in common. All of their brokers are the embedded one. */
abstract class StoredBrokers {

  @Autowired RestApi api;
  @Autowired BrokerService brokers;
  @Autowired LocalBroker local;
  @Autowired ObjectMapper json;

  long create(String name) {
    return create(name, null);
  }

  long create(String name, String clientId) {
    return brokers.create(request(name, clientId, null)).id();
  }

  BrokerRequest request(String name, String clientId, WriteOnly password) {
    return new BrokerRequest(
        name,
        null,
        local.host(),
        local.port(),
        clientId,
        null,
        password,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  JsonNode tree(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static ProblemException problem(Runnable call) {
    try {
      call.run();
    } catch (ProblemException e) {
      return e;
    }
    throw new AssertionError("no problem");
  }
}
