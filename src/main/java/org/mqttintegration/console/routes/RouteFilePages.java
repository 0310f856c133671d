package org.mqttintegration.console.routes;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.record.RecordStory;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of a route file with its story, and its end. */
@Controller
class RouteFilePages {

  private final Operations operations;
  private final RouteFileReads files;
  private final RecordStory story;

  RouteFilePages(Operations operations, RouteFileReads files, RecordStory story) {
    this.operations = operations;
    this.files = files;
    this.story = story;
  }

  /** A deleted file has its page still: its story, and its versions to roll back to. */
  @GetMapping(RoutePaths.FILE)
  String show(
      @PathVariable String name, @RequestParam(required = false) String cursor, Model model) {
    Map<String, Object> file = now(name, model);
    if (file == null) {
      operations.ask(OperationRequest.of("listRouteFileVersions").at("file", name));
    } else {
      model.addAttribute("text", files.stored(name).text());
    }
    story.addTo(model, RoutePaths.RECORDS, name, cursor);
    return "console/routes/file";
  }

  @GetMapping(RoutePaths.FILE + "/now")
  String changed(@PathVariable String name, Model model) {
    now(name, model);
    return "console/routes/file :: now";
  }

  private @Nullable Map<String, Object> now(String name, Model model) {
    Map<String, Object> file = files.state(name).orElse(null);
    List<Map<String, Object>> routes = files.routes(name);
    model.addAttribute("name", name);
    model.addAttribute("file", file);
    model.addAttribute("routes", routes);
    model.addAttribute("diagram", routes.isEmpty() ? null : Diagram.of(routes));
    return file;
  }

  @GetMapping(RoutePaths.FILE + "/delete")
  String askToDelete(@PathVariable String name, Model model) {
    model.addAttribute("tag", files.stored(name).entityTag());
    now(name, model);
    return "console/routes/delete";
  }

  @PostMapping(RoutePaths.FILE + "/delete")
  String delete(
      @PathVariable String name,
      @RequestParam(defaultValue = "") String tag,
      RedirectAttributes next) {
    try {
      operations.ask(
          OperationRequest.of("deleteRouteFile").at("file", name).header("If-Match", tag));
    } catch (ProblemException refused) {
      next.addFlashAttribute(
          "failed",
          refused.type() == ProblemType.PRECONDITION_FAILED
              ? "It was not deleted: somebody changed the file meanwhile. Look at it again."
              : refused.detail());
      return RoutePaths.toFile(name);
    }
    next.addFlashAttribute("done", "%s is deleted, its routes are stopped.".formatted(name));
    return "redirect:" + RoutePaths.LIST;
  }
}
