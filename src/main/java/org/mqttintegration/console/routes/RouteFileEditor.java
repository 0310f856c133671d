package org.mqttintegration.console.routes;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.difference.LineDifference;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where route files are written: checked as one types, tried on the history, and applied. */
@Controller
class RouteFileEditor {

  private static final String NEW = RoutePaths.FILES + "/new";
  private static final String EDIT = RoutePaths.FILE + "/edit";
  private static final String EDITOR = "console/routes/editor";
  private static final int AROUND = 3;

  private final Operations operations;
  private final RouteFileReads files;
  private final DraftCheck check;
  private final Examples examples;

  RouteFileEditor(
      Operations operations, RouteFileReads files, DraftCheck check, Examples examples) {
    this.operations = operations;
    this.files = files;
    this.check = check;
    this.examples = examples;
  }

  @GetMapping(NEW)
  String create(@RequestParam(defaultValue = "") String example, Model model) {
    Examples.Example from = examples.find(example);
    model.addAttribute("examples", examples.all());
    return page(new Draft(from.name() + ".camel.yaml", true, from.text(), ""), model);
  }

  @GetMapping(EDIT)
  String change(@PathVariable String name, Model model) {
    Operations.TextAnswer stored = files.stored(name);
    String tag = String.valueOf(stored.entityTag());
    return page(new Draft(name, false, stored.text(), tag), model);
  }

  private String page(Draft draft, Model model) {
    model.addAttribute("draft", draft);
    model.addAttribute("checked", check.check(draft));
    return EDITOR;
  }

  /** Applies what was typed, or, for who has no script, looks at it first. */
  @PostMapping({NEW, EDIT})
  String apply(
      @PathVariable(name = "name", required = false) @Nullable String stored,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "") String tag,
      @RequestParam(defaultValue = "apply") String act,
      Model model,
      RedirectAttributes next) {
    Draft draft = Draft.typed(stored == null ? name : stored, stored == null, text, tag);
    if (act.equals("check")) {
      return page(draft, model);
    }
    if (!draft.hasName()) {
      model.addAttribute("wrongName", true);
      return page(draft, model);
    }
    try {
      operations.ask(draft.application());
      next.addFlashAttribute("done", "It is applied.");
      return RoutePaths.toFile(draft.name());
    } catch (ProblemException refused) {
      return refused(draft, refused, model);
    }
  }

  /** What was typed stays. */
  private String refused(Draft draft, ProblemException refused, Model model) {
    model.addAttribute("draft", draft);
    if (refused.type() == ProblemType.PRECONDITION_FAILED) {
      conflict(draft, model);
    } else {
      model.addAttribute("refused", true);
      model.addAttribute(
          "checked",
          new DraftCheck.Checked(
              DraftCheck.Finding.of(refused), "It was not applied: what ran before still runs."));
    }
    return EDITOR;
  }

  /** Somebody else changed the file: both are shown, and the next try is on top of that. */
  private void conflict(Draft draft, Model model) {
    Draft newest = draft;
    try {
      Operations.TextAnswer theirs = files.stored(draft.name());
      newest = draft.onTopOf(String.valueOf(theirs.entityTag()));
      model.addAttribute("theirs", LineDifference.between(theirs.text(), draft.text(), AROUND));
    } catch (ProblemException deleted) {
      newest = new Draft(draft.name(), true, draft.text(), "");
      model.addAttribute("deleted", true);
    }
    model.addAttribute("draft", newest);
    model.addAttribute("conflict", true);
    model.addAttribute("checked", check.check(newest));
  }

  @PostMapping(RoutePaths.FILES + "/check")
  @ResponseBody
  DraftCheck.Checked check(
      @RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "") String text) {
    return check.check(Draft.typed(name, true, text, ""));
  }

  /** Proposals, as the contract tells them. */
  @PostMapping(RoutePaths.FILES + "/complete")
  @ResponseBody
  ResponseEntity<Object> complete(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String text,
      @RequestParam int line,
      @RequestParam int column) {
    OperationRequest request = Draft.typed(name, true, text, "").about("completeRouteFile");
    try {
      return ResponseEntity.ok()
          .header(HttpHeaders.CACHE_CONTROL, "no-store")
          .body(operations.ask(request.with("line", line).with("column", column)));
    } catch (ProblemException nothing) {
      return ResponseEntity.ok(java.util.Map.of("column", column, "items", List.of()));
    }
  }

  @PostMapping(RoutePaths.FILES + "/try")
  String tryOut(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "PT1H") String since,
      @RequestParam(defaultValue = "20") String limit,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
      Model model) {
    Draft draft = Draft.typed(name, true, text, "");
    model.addAttribute("draft", draft);
    try {
      model.addAttribute(
          "trial",
          TrialView.of(
              operations.ask(
                  draft
                      .about("tryRouteFile")
                      .with("from", Since.of(since))
                      .with("limit", limit.strip()))));
    } catch (ProblemException refused) {
      model.addAttribute("tryFindings", DraftCheck.Finding.of(refused));
    }
    return htmx == null ? "console/routes/tried" : "console/routes/trial :: trial";
  }
}
