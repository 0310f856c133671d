package org.mqttintegration.console.history;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.Answers;
import org.mqttintegration.console.record.References;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One message: all that was recorded of it, its payload, and its neighbours in its topic. */
@Controller
class MessagePage {

  static final String MESSAGE = HistoryPages.HISTORY + "/{id:[0-9]+}";

  private final Operations operations;
  private final Neighbours neighbours;

  MessagePage(Operations operations, Neighbours neighbours) {
    this.operations = operations;
    this.neighbours = neighbours;
  }

  @GetMapping(MESSAGE)
  String show(@PathVariable long id, Model model) {
    Map<String, Object> message = read(id);
    model.addAttribute("references", new References(operations));
    model.addAttribute("message", message);
    model.addAttribute("row", Row.of(message));
    model.addAttribute("payload", PayloadView.of(message));
    model.addAttribute("topic", topic(message));
    return "console/history/message";
  }

  /** As a file, which a browser saves and does nothing else with. */
  @GetMapping(MESSAGE + "/payload")
  void payload(@PathVariable long id, HttpServletRequest request, HttpServletResponse response) {
    operations.open(OperationRequest.of("getHistoryPayload").at("id", id)).send(request, response);
  }

  @GetMapping(MESSAGE + "/{way:older|newer}")
  String neighbour(@PathVariable long id, @PathVariable String way, RedirectAttributes next) {
    Map<String, Object> message = read(id);
    HistoryFilter topic = topic(message);
    Row row = Row.of(message);
    Optional<Row> found =
        way.equals("older")
            ? neighbours.older(topic, row)
            : neighbours.newer(topic, row, Instant.now());
    if (found.isEmpty()) {
      next.addFlashAttribute("done", "No %s message of this topic was recorded.".formatted(way));
    }
    return "redirect:%s/%d".formatted(HistoryPages.HISTORY, found.orElse(row).number());
  }

  /** All messages of its topic at its broker. */
  private static HistoryFilter topic(Map<String, Object> message) {
    return new HistoryFilter(
        Map.of(
            "brokerId", Answers.text(message, "brokerId"),
            "topic", Answers.text(message, "topic")));
  }

  private Map<String, Object> read(long id) {
    return operations.ask(OperationRequest.of("getHistoryEntry").at("id", id));
  }
}
