package org.mqttintegration.console.history;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.api.RequestField;
import org.mqttintegration.console.ConsolePaths;
import org.mqttintegration.console.FieldErrors;
import org.mqttintegration.console.form.Form;
import org.mqttintegration.console.form.FormValues;
import org.mqttintegration.console.record.References;
import org.mqttintegration.problem.ProblemException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Sends a message of the history again, changed or as it is. */
@Controller
class SendAgainPages {

  private static final String SEND = MessagePage.MESSAGE + "/send";

  /** What is sent was written once: places for values are none of it. */
  private static final Set<String> OF_TEMPLATES = Set.of("values", "payloadFormat");

  private static final Set<String> PAYLOAD = Set.of("payload", "payloadEncoding");

  private static final List<String> PROPERTIES =
      List.of(
          "contentType",
          "payloadFormatIndicator",
          "messageExpiryInterval",
          "responseTopic",
          "correlationData",
          "userProperties");

  /** A longer payload is not taken through the browser. */
  private static final int MOST_IN_FORM = 100_000;

  private final Operations operations;

  SendAgainPages(Operations operations) {
    this.operations = operations;
  }

  @GetMapping(SEND)
  String ask(@PathVariable long id, Model model, RedirectAttributes next) {
    Map<String, Object> message = read(id);
    if (!(message.get("payload") instanceof String) || message.get("payloadOmitted") != null) {
      next.addFlashAttribute(
          "failed",
          message.get("payloadOmitted") == null
              ? "Your account may not read its payload, and so not send it again."
              : "Its payload is not stored, and so cannot be sent again.");
      return "redirect:%s/%d".formatted(HistoryPages.HISTORY, id);
    }
    return page(message, recorded(message), FieldErrors.NONE, model);
  }

  @PostMapping(SEND)
  String send(
      @PathVariable long id, @RequestParam MultiValueMap<String, String> sent, Model model) {
    Map<String, Object> message = read(id);
    Map<String, Object> values = FormValues.read(fields(message), sent);
    Map<String, Object> body = new LinkedHashMap<>(values);
    if (isLong(message)) {
      PAYLOAD.forEach(name -> body.put(name, message.get(name)));
    }
    body.values().removeIf(Objects::isNull);
    try {
      Map<String, Object> send = operations.ask(OperationRequest.of("createSend").body(body));
      return "redirect:%s/sends/%s".formatted(ConsolePaths.BASE, send.get("id"));
    } catch (ProblemException refused) {
      return page(message, values, FieldErrors.of(refused), model);
    }
  }

  /** The request that would send it as it was. */
  private static Map<String, Object> recorded(Map<String, Object> message) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String name : List.of("brokerId", "topic", "qos", "retain")) {
      values.put(name, message.get(name));
    }
    values.putAll(payload(message));
    Map<String, Object> properties = new LinkedHashMap<>();
    for (String name : PROPERTIES) {
      Object value = message.get(name);
      if (value != null && !List.of().equals(value)) {
        properties.put(name, value);
      }
    }
    if (Integer.valueOf(0).equals(properties.get("messageExpiryInterval"))) {
      properties.remove("messageExpiryInterval"); // it would be over at once
    }
    values.put("properties", properties.isEmpty() ? null : properties);
    return values;
  }

  /** A form turns line breaks into others, so a payload with a CR goes through it in Base64. */
  private static Map<String, Object> payload(Map<String, Object> message) {
    String payload = String.valueOf(message.get("payload"));
    boolean utf8 = "utf8".equals(message.get("payloadEncoding"));
    if (utf8 && payload.indexOf('\r') >= 0) {
      byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
      return Map.of(
          "payload", Base64.getEncoder().encodeToString(bytes), "payloadEncoding", "base64");
    }
    return Map.of("payload", payload, "payloadEncoding", utf8 ? "utf8" : "base64");
  }

  private static boolean isLong(Map<String, Object> message) {
    return message.get("payload") instanceof String payload && payload.length() > MOST_IN_FORM;
  }

  private List<RequestField> fields(Map<String, Object> message) {
    return operations.bodyFields("createSend").stream()
        .filter(field -> !OF_TEMPLATES.contains(field.name()))
        .filter(field -> !isLong(message) || !PAYLOAD.contains(field.name()))
        .toList();
  }

  private String page(
      Map<String, Object> message, Map<String, Object> values, FieldErrors errors, Model model) {
    References references = new References(operations);
    model.addAttribute("message", message);
    model.addAttribute("errors", errors);
    model.addAttribute("row", Row.of(message));
    model.addAttribute("wholePayload", isLong(message));
    model.addAttribute("fields", Form.fields(fields(message), values, errors, references::choices));
    return "console/history/send";
  }

  private Map<String, Object> read(long id) {
    return operations.ask(OperationRequest.of("getHistoryEntry").at("id", id));
  }
}
