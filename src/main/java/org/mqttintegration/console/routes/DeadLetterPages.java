package org.mqttintegration.console.routes;

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

/** What routes could not do: to be looked at, tried again, or dropped. */
@Controller
class DeadLetterPages {

  private static final String ONE = RoutePaths.DEAD_LETTERS + "/{id:[0-9]+}";
  private static final String LIST = "redirect:" + RoutePaths.DEAD_LETTERS;

  /** So often its page shows how far it came, and can be left. */
  private static final int RETRY_SECONDS = 2;

  private final Operations operations;

  DeadLetterPages(Operations operations) {
    this.operations = operations;
  }

  @GetMapping(RoutePaths.DEAD_LETTERS)
  String list(
      @RequestParam(defaultValue = "") String routeId,
      @RequestParam(defaultValue = "") String cursor,
      Model model) {
    model.addAttribute("routeId", routeId);
    model.addAttribute(
        "page",
        operations.ask(
            OperationRequest.of("listDeadLetters")
                .with("routeId", routeId)
                .with("cursor", cursor)));
    List<Map<String, Object>> routes =
        Answers.items(operations.ask(OperationRequest.of("listRoutes")));
    model.addAttribute("routes", routes.stream().map(route -> route.get("id")).toList());
    return "console/routes/dead-letters";
  }

  @GetMapping(ONE)
  String show(@PathVariable long id, Model model) {
    model.addAttribute("letter", operations.ask(OperationRequest.of("getDeadLetter").at("id", id)));
    return "console/routes/dead-letter";
  }

  @PostMapping(ONE + "/retry")
  String retry(@PathVariable long id, RedirectAttributes next) {
    try {
      Map<String, Object> retried =
          operations.ask(OperationRequest.of("retryDeadLetter").at("id", id));
      if (Boolean.TRUE.equals(retried.get("success"))) {
        next.addFlashAttribute("done", "Dead letter %d went through its route.".formatted(id));
        return LIST;
      }
      next.addFlashAttribute("failed", "It failed again: " + retried.get("message"));
    } catch (ProblemException refused) {
      next.addFlashAttribute("failed", refused.detail());
    }
    return LIST + "/" + id;
  }

  /** Some of them at a time: the page that is shown meanwhile asks for the next. */
  @PostMapping(RoutePaths.DEAD_LETTERS + "/retry")
  String retryAll(
      @RequestParam(defaultValue = "") String routeId,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "0") int succeeded,
      @RequestParam(defaultValue = "0") int failed,
      Model model,
      RedirectAttributes next) {
    Map<String, Object> retried =
        operations.ask(
            OperationRequest.of("retryDeadLetters")
                .with("routeId", routeId)
                .with("after", after)
                .with("seconds", RETRY_SECONDS));
    int done = succeeded + Answers.count(retried, "succeeded");
    int refused = failed + Answers.count(retried, "failed");
    int left = Answers.count(retried, "left");
    if (left == 0) {
      next.addFlashAttribute(
          refused == 0 ? "done" : "failed",
          "%d went through, %d failed again.".formatted(done, refused));
      return backToList(routeId, next);
    }
    model.addAttribute("routeId", routeId);
    model.addAttribute("after", retried.get("last"));
    model.addAttribute("succeeded", done);
    model.addAttribute("failed", refused);
    model.addAttribute("left", left);
    return "console/routes/retry";
  }

  @GetMapping(RoutePaths.DEAD_LETTERS + "/drop")
  String askToDrop(@RequestParam(defaultValue = "") String routeId, Model model) {
    model.addAttribute("routeId", routeId);
    model.addAttribute(
        "total",
        operations
            .ask(OperationRequest.of("listDeadLetters").with("routeId", routeId).with("limit", 1))
            .getOrDefault("total", 0));
    return "console/routes/drop";
  }

  @PostMapping(RoutePaths.DEAD_LETTERS + "/drop")
  String dropAll(@RequestParam(defaultValue = "") String routeId, RedirectAttributes next) {
    Map<String, Object> dropped =
        operations.ask(
            OperationRequest.of("deleteDeadLetters")
                .with("routeId", routeId)
                .with("all", routeId.isEmpty() ? true : null));
    next.addFlashAttribute("done", "%s dropped.".formatted(dropped.get("dropped")));
    return backToList(routeId, next);
  }

  @GetMapping(ONE + "/drop")
  String askToDropOne(@PathVariable long id, Model model) {
    model.addAttribute("letter", operations.ask(OperationRequest.of("getDeadLetter").at("id", id)));
    return "console/routes/drop-one";
  }

  @PostMapping(ONE + "/drop")
  String drop(@PathVariable long id, RedirectAttributes next) {
    operations.ask(OperationRequest.of("deleteDeadLetter").at("id", id));
    next.addFlashAttribute("done", "Dead letter %d is dropped.".formatted(id));
    return LIST;
  }

  private static String backToList(String routeId, RedirectAttributes next) {
    if (!routeId.isEmpty()) {
      next.addAttribute("routeId", routeId);
    }
    return LIST;
  }
}
