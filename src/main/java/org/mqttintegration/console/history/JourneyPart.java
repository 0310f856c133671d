package org.mqttintegration.console.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.ConsolePaths;
import org.mqttintegration.console.record.References;
import org.mqttintegration.problem.ProblemException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The part of a message's page that tells its way. */
@Controller
class JourneyPart {

  private final Operations operations;

  JourneyPart(Operations operations) {
    this.operations = operations;
  }

  @GetMapping(ConsolePaths.BASE + "/history/{id:[0-9]+}/journey")
  String journey(@PathVariable long id, Model model) {
    Map<String, Object> journey =
        operations.ask(OperationRequest.of("getHistoryJourney").at("id", id));
    model.addAttribute("journey", journey);
    model.addAttribute("lines", JourneyLine.of(items(journey, "steps")));
    model.addAttribute("routeFiles", routeFiles());
    model.addAttribute("references", new References(operations));
    return "console/history/journey :: journey";
  }

  /** The file of each route; without them the steps are told all the same. */
  private Map<String, String> routeFiles() {
    Map<String, String> files = new HashMap<>();
    try {
      for (Map<String, Object> route :
          items(operations.ask(OperationRequest.of("listRoutes")), "items")) {
        files.put(String.valueOf(route.get("id")), String.valueOf(route.get("file")));
      }
    } catch (ProblemException refused) {
      files.clear();
    }
    return files;
  }

  @SuppressWarnings("unchecked") // as the contract says
  private static List<Map<String, Object>> items(Map<String, Object> answer, String field) {
    return (List<Map<String, Object>>) Objects.requireNonNull(answer.get(field));
  }
}
