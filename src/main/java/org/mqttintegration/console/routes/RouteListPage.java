package org.mqttintegration.console.routes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.Answers;
import org.mqttintegration.problem.ProblemException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** All route files with their routes, what these do now, and a picture of it. */
@Controller
class RouteListPage {

  /** A picture of more says nothing any more. */
  private static final int MOST_DRAWN = 60;

  private final Operations operations;
  private final Examples examples;

  RouteListPage(Operations operations, Examples examples) {
    this.operations = operations;
    this.examples = examples;
  }

  @GetMapping(RoutePaths.LIST)
  String show(Model model) {
    model.addAttribute("examples", examples.all());
    return now(model, "console/routes/list");
  }

  /** What changes by itself, for the open page. */
  @GetMapping(RoutePaths.LIST + "/now")
  String now(Model model) {
    return now(model, "console/routes/list :: now");
  }

  private String now(Model model, String view) {
    List<Map<String, Object>> routes =
        Answers.items(operations.ask(OperationRequest.of("listRoutes")));
    model.addAttribute(
        "files", Answers.items(operations.ask(OperationRequest.of("listRouteFiles"))));
    model.addAttribute("routes", byFile(routes));
    model.addAttribute(
        "deadLetters",
        operations
            .ask(OperationRequest.of("listDeadLetters").with("limit", 1))
            .getOrDefault("total", 0));
    model.addAttribute(
        "diagram", routes.isEmpty() || routes.size() > MOST_DRAWN ? null : Diagram.of(routes));
    return view;
  }

  private static Map<String, List<Map<String, Object>>> byFile(List<Map<String, Object>> routes) {
    Map<String, List<Map<String, Object>>> byFile = new LinkedHashMap<>();
    routes.forEach(
        route ->
            byFile
                .computeIfAbsent(String.valueOf(route.get("file")), file -> new ArrayList<>())
                .add(route));
    return byFile;
  }

  /** Starts or stops a route; back to the page of its file when it was there. */
  @PostMapping(RoutePaths.LIST + "/{act:start|stop}")
  String change(
      @PathVariable String act,
      @RequestParam String route,
      @RequestParam(defaultValue = "") String file,
      RedirectAttributes next) {
    boolean start = act.equals("start");
    try {
      operations.ask(OperationRequest.of(start ? "startRoute" : "stopRoute").at("route", route));
      next.addFlashAttribute(
          "done", "The route %s is %s.".formatted(route, start ? "started" : "stopped"));
    } catch (ProblemException refused) {
      next.addFlashAttribute("failed", refused.detail());
    }
    return file.isEmpty() ? "redirect:" + RoutePaths.LIST : RoutePaths.toFile(file);
  }
}
