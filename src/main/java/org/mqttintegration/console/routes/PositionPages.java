package org.mqttintegration.console.routes;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.FieldErrors;
import org.mqttintegration.problem.ProblemException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How far durable routes are in the history, and having one go on from elsewhere. */
@Controller
class PositionPages {

  private static final String MOVE = RoutePaths.POSITIONS + "/move";

  private final Operations operations;

  PositionPages(Operations operations) {
    this.operations = operations;
  }

  @GetMapping(RoutePaths.POSITIONS)
  String list(Model model) {
    model.addAttribute("positions", operations.ask(OperationRequest.of("listPositions")));
    return "console/routes/positions";
  }

  @GetMapping(MOVE)
  String ask(@RequestParam String name, Model model) {
    return page(name, "", "", null, FieldErrors.NONE, model);
  }

  /** Says first what it will do; does it when that is confirmed. */
  @PostMapping(MOVE)
  String move(
      @RequestParam String name,
      @RequestParam(defaultValue = "") String time,
      @RequestParam(defaultValue = "") String historyId,
      @RequestParam(defaultValue = "") String confirmed,
      Model model,
      RedirectAttributes next) {
    try {
      Map<String, Object> place = place(time.strip(), historyId.strip());
      if (confirmed.isEmpty()) {
        return page(name, time, historyId, place, FieldErrors.NONE, model);
      }
      operations.ask(OperationRequest.of("movePosition").at("name", name).body(place));
    } catch (ProblemException refused) {
      return page(name, time, historyId, null, FieldErrors.of(refused), model);
    }
    next.addFlashAttribute("done", "%s goes on from there.".formatted(name));
    return "redirect:" + RoutePaths.POSITIONS;
  }

  private static Map<String, Object> place(String time, String historyId) {
    if (time.isEmpty() == historyId.isEmpty()) {
      throw ProblemException.invalid("time", "Say one: a time, or the number of a message.");
    }
    if (time.isEmpty()) {
      if (!historyId.matches("\\d{1,18}")) {
        throw ProblemException.invalid("historyId", "A whole number, as the history has it.");
      }
      return Map.of("historyId", Long.valueOf(historyId));
    }
    return Map.of("time", instant(time).toString());
  }

  /** A time without a zone is one of UTC. */
  private static Instant instant(String time) {
    try {
      return time.endsWith("Z")
          ? Instant.parse(time)
          : LocalDateTime.parse(time.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw ProblemException.invalid("time", "A time in UTC, as in 2026-11-24T06:00:00Z.");
    }
  }

  private String page(
      String name,
      String time,
      String historyId,
      @Nullable Map<String, Object> place,
      FieldErrors errors,
      Model model) {
    model.addAttribute(
        "position", operations.ask(OperationRequest.of("getPosition").at("name", name)));
    model.addAttribute("time", time);
    model.addAttribute("historyId", historyId);
    model.addAttribute("place", place);
    model.addAttribute("errors", errors);
    return "console/routes/move";
  }
}
