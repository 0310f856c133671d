package org.mqttintegration.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mqttintegration.examples.HttpPeer.Answer;
import org.mqttintegration.examples.HttpPeer.Request;

/**
 * Stands in for an Odoo: takes {@code execute_kw} over {@code /jsonrpc} as Odoo does, with 200 also
 * for errors, and knows the methods {@code create} and {@code message_post} only.
 */
final class OdooPeer {

  static final String DATABASE = "plant";
  static final int USER = 7;
  static final String KEY = "a\"key";

  private final ObjectMapper json = new ObjectMapper();
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  /** A call that was accepted; its keyword arguments are a missing node when there are none. */
  record Call(String model, String method, JsonNode arguments, JsonNode keywords) {}

  List<Call> calls() {
    return List.copyOf(calls);
  }

  Answer answer(Request request) {
    try {
      JsonNode call = json.readTree(request.body());
      JsonNode arguments = call.at("/params/args");
      boolean known =
          request.path().equals("/jsonrpc")
              && call.path("jsonrpc").asText().equals("2.0")
              && call.path("method").asText().equals("call")
              && call.path("id").isNumber()
              && call.at("/params/service").asText().equals("object")
              && call.at("/params/method").asText().equals("execute_kw");
      if (!known) {
        return new Answer(404, "");
      }
      return answer(call, arguments);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer answer(JsonNode call, JsonNode arguments) {
    boolean allowed =
        arguments.path(0).asText().equals(DATABASE)
            && arguments.path(1).isInt()
            && arguments.path(1).asInt() == USER
            && arguments.path(2).asText().equals(KEY);
    String method = arguments.path(4).asText();
    if (!allowed || !List.of("create", "message_post").contains(method)) {
      return result(call, "error", json.createObjectNode().put("message", "Access Denied"));
    }
    calls.add(new Call(arguments.path(3).asText(), method, arguments.path(5), arguments.path(6)));
    return result(call, "result", json.createArrayNode().add(calls.size()));
  }

  private Answer result(JsonNode call, String name, JsonNode value) {
    JsonNode answer =
        json.createObjectNode()
            .put("jsonrpc", "2.0")
            .<com.fasterxml.jackson.databind.node.ObjectNode>set("id", call.path("id"))
            .set(name, value);
    return new Answer(200, answer.toString());
  }
}
