package org.mqttintegration.console.routes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.Answers;
import org.mqttintegration.console.difference.LineDifference;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The versions of a route file: what each said, what is otherwise in another, and the way back. */
@Controller
class RouteFileVersionPages {

  private static final String VERSIONS = RoutePaths.FILE + "/versions";
  private static final String VERSION = VERSIONS + "/{version:[0-9]+}";
  private static final int AROUND = 3;
  private static final int THREAD = 500;

  private final Operations operations;
  private final RouteFileReads files;
  private final DraftCheck check;

  RouteFileVersionPages(Operations operations, RouteFileReads files, DraftCheck check) {
    this.operations = operations;
    this.files = files;
    this.check = check;
  }

  @GetMapping(VERSIONS)
  String list(@PathVariable String name, Model model) {
    model.addAttribute("name", name);
    model.addAttribute("versions", versions(name));
    model.addAttribute("actors", actors(name));
    model.addAttribute("file", files.state(name).orElse(null));
    return "console/routes/versions";
  }

  /** Who applied each version, by the words of the file's thread. */
  private Map<String, Object> actors(String name) {
    Map<String, Object> actors = new HashMap<>();
    for (Map<String, Object> entry :
        Answers.items(
            operations.ask(
                OperationRequest.of("listThread")
                    .at("records", RoutePaths.RECORDS)
                    .at("record", name)
                    .with("limit", THREAD)))) {
      if ("fileApplied".equals(entry.get("event"))) {
        actors.put(String.valueOf(entry.get("text")), entry.get("actor"));
      }
    }
    return actors;
  }

  @GetMapping(VERSION)
  String show(
      @PathVariable String name,
      @PathVariable int version,
      @RequestParam(required = false) Integer with,
      Model model) {
    List<Map<String, Object>> versions = versions(name);
    int other = with == null ? before(versions, version) : with;
    String text = text(name, version);
    model.addAttribute("name", name);
    model.addAttribute("version", read(name, version));
    model.addAttribute("versions", versions);
    model.addAttribute("with", other);
    model.addAttribute("text", text);
    model.addAttribute("file", files.state(name).orElse(null));
    model.addAttribute(
        "difference",
        other == 0 ? List.of() : LineDifference.between(text(name, other), text, AROUND));
    return "console/routes/version";
  }

  /** The newest version with a text that is older than one; 0 when there is none. */
  private static int before(List<Map<String, Object>> versions, int version) {
    return versions.stream()
        .filter(each -> !"deleted".equals(each.get("status")))
        .mapToInt(each -> Answers.count(each, "version"))
        .filter(number -> number < version)
        .max()
        .orElse(0);
  }

  @GetMapping(VERSION + "/roll-back")
  String ask(@PathVariable String name, @PathVariable int version, Model model) {
    String text = text(name, version);
    model.addAttribute("name", name);
    model.addAttribute("version", version);
    model.addAttribute("checked", check.check(new Draft(name, false, text, "")));
    model.addAttribute("difference", LineDifference.between(stored(name), text, AROUND));
    return "console/routes/roll-back";
  }

  /** What is stored now; nothing when the file is deleted. */
  private String stored(String name) {
    try {
      return files.stored(name).text();
    } catch (ProblemException e) {
      if (e.type() != ProblemType.NOT_FOUND) {
        throw e;
      }
      return "";
    }
  }

  @PostMapping(VERSION + "/roll-back")
  String rollBack(@PathVariable String name, @PathVariable int version, RedirectAttributes next) {
    try {
      operations.ask(
          OperationRequest.of("rollBackRouteFile").at("file", name).with("version", version));
      next.addFlashAttribute("done", "Version %d runs again.".formatted(version));
    } catch (ProblemException refused) {
      next.addFlashAttribute(
          "failed",
          "Version %d was not applied: %s"
              .formatted(version, DraftCheck.Finding.of(refused).get(0).message()));
    }
    return RoutePaths.toFile(name);
  }

  private List<Map<String, Object>> versions(String name) {
    return Answers.items(
        operations.ask(OperationRequest.of("listRouteFileVersions").at("file", name)));
  }

  private Map<String, Object> read(String name, int version) {
    return operations.ask(
        OperationRequest.of("getRouteFileVersion").at("file", name).at("version", version));
  }

  private String text(String name, int version) {
    Object content = read(name, version).get("content");
    return content == null ? "" : content.toString();
  }
}
