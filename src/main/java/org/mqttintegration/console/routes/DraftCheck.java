package org.mqttintegration.console.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.Answers;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.springframework.stereotype.Component;

/** Says what is wrong with a draft, and what it would do when it is applied. */
@Component
class DraftCheck {

  private static final Pattern PLACE = Pattern.compile("line (\\d+), column (\\d+)");

  private final Operations operations;
  private final RouteFileReads files;

  DraftCheck(Operations operations, RouteFileReads files) {
    this.operations = operations;
    this.files = files;
  }

  /**
   * What is wrong at a place.
   *
   * @param line the line, from 1; 0 for the whole
   * @param column the column, from 1
   * @param message what is wrong and what to do
   */
  record Finding(int line, int column, String message) {

    /** What a refusal found, at its places. */
    static List<Finding> of(ProblemException refused) {
      return refused.errors().isEmpty()
          ? List.of(new Finding(0, 0, refused.detail()))
          : refused.errors().stream().map(Finding::of).toList();
    }

    private static Finding of(FieldError error) {
      Matcher place = PLACE.matcher(error.field());
      return place.matches()
          ? new Finding(
              Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)), error.message())
          : new Finding(0, 0, error.message());
    }
  }

  /**
   * What came of it.
   *
   * @param findings what is wrong; nothing when it can be applied
   * @param effect what applying it does, in a sentence
   */
  record Checked(List<Finding> findings, String effect) {}

  Checked check(Draft draft) {
    try {
      Map<String, Object> verdict = operations.ask(draft.about("validateRouteFile"));
      List<Finding> findings =
          Answers.objects(verdict, "findings").stream().map(DraftCheck::finding).toList();
      return new Checked(
          findings,
          findings.isEmpty()
              ? effect(draft.name(), Answers.texts(verdict, "routes"))
              : "It cannot be applied yet.");
    } catch (ProblemException refused) {
      return new Checked(Finding.of(refused), "It cannot be applied yet.");
    }
  }

  private static Finding finding(Map<String, Object> found) {
    return new Finding(
        Answers.count(found, "line"),
        Answers.count(found, "column"),
        String.valueOf(found.get("message")));
  }

  /** What becomes of the routes when a file of that name has these. */
  String effect(String name, List<String> routes) {
    List<String> running = files.routeIds(name);
    return effect(running, routes);
  }

  static String effect(List<String> running, List<String> routes) {
    List<String> parts = new ArrayList<>();
    add(parts, "replaces", running.stream().filter(routes::contains).toList());
    add(parts, "starts", routes.stream().filter(id -> !running.contains(id)).toList());
    add(parts, "stops", running.stream().filter(id -> !routes.contains(id)).toList());
    return parts.isEmpty()
        ? "Applying it starts and stops no route."
        : "Applying it " + String.join(", ", parts) + ".";
  }

  private static void add(List<String> parts, String verb, List<String> ids) {
    if (!ids.isEmpty()) {
      parts.add(verb + " " + String.join(" and ", ids));
    }
  }
}
