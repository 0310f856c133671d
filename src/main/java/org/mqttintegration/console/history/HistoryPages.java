package org.mqttintegration.console.history;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.api.Operations;
import org.mqttintegration.api.RequestField;
import org.mqttintegration.console.ConsolePaths;
import org.mqttintegration.console.FieldErrors;
import org.mqttintegration.console.form.FilteredList;
import org.mqttintegration.console.form.Form;
import org.mqttintegration.console.record.References;
import org.mqttintegration.problem.ProblemException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of messages: its first part, those that follow, and what came since it was drawn. */
@Controller
class HistoryPages {

  static final String HISTORY = ConsolePaths.BASE + "/history";

  /** A page shows so many parts; then it goes on on a new page, so that no browser holds more. */
  private static final int MOST_PARTS = 20;

  private static final List<Range> RANGES =
      List.of(
          new Range("PT15M", "15 minutes"),
          new Range("PT1H", "hour"),
          new Range("PT24H", "24 hours"),
          new Range("PT168H", "7 days"));

  /**
   * A time that ends now.
   *
   * @param duration how long it is, as in ISO 8601
   * @param label the same for people
   */
  record Range(String duration, String label) {}

  private final Operations operations;
  private final HistoryReader reader;

  HistoryPages(Operations operations, HistoryReader reader) {
    this.operations = operations;
    this.reader = reader;
  }

  @GetMapping(HISTORY)
  String page(
      @RequestParam MultiValueMap<String, String> given,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable String above,
      @RequestParam(required = false) @Nullable String last,
      Model model) {
    List<RequestField> query = operations.queryFields("listHistory");
    HistoryFilter filter = HistoryFilter.of(query, given);
    if (last != null) {
      return "redirect:" + sinceThen(filter, last).address(HISTORY);
    }
    References references = references(model);
    Instant now = Instant.now();
    FieldErrors errors = FieldErrors.NONE;
    HistoryPart part = HistoryPart.NONE;
    try {
      part = reader.part(filter, cursor, instant(above));
    } catch (ProblemException refused) {
      errors = FieldErrors.of(refused);
    }
    add(model, filter, part, 1);
    model.addAttribute("errors", errors);
    model.addAttribute("since", now);
    model.addAttribute("first", cursor == null);
    model.addAttribute(
        "live", cursor == null && !filter.has("to") && errors.equals(FieldErrors.NONE));
    model.addAttribute("ranges", RANGES);
    model.addAttribute(
        "filters",
        Form.fields(
            FilteredList.filters(query), given.toSingleValueMap(), errors, references::choices));
    return "console/history/history";
  }

  private static HistoryFilter sinceThen(HistoryFilter filter, String last) {
    try {
      Instant from = Instant.now().minus(Duration.parse(last)).truncatedTo(ChronoUnit.SECONDS);
      return filter.with("to", null).with("from", from);
    } catch (DateTimeParseException | ArithmeticException e) {
      throw ProblemException.invalid("last", "A duration such as PT1H.");
    }
  }

  @GetMapping(HISTORY + "/rows")
  String rows(
      @RequestParam MultiValueMap<String, String> given,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable String above,
      @RequestParam(required = false) @Nullable Long behind,
      @RequestParam(defaultValue = "1") int parts,
      Model model) {
    HistoryFilter filter = HistoryFilter.of(operations.queryFields("listHistory"), given);
    references(model);
    Instant at = instant(above);
    HistoryPart part =
        behind == null || at == null
            ? reader.part(filter, cursor, at)
            : reader.behind(filter, at, behind);
    add(model, filter, part, parts + 1);
    return "console/history/rows :: rows";
  }

  @GetMapping(HISTORY + "/new")
  String arrivals(
      @RequestParam MultiValueMap<String, String> given, @RequestParam String since, Model model) {
    HistoryFilter filter = HistoryFilter.of(operations.queryFields("listHistory"), given);
    references(model);
    Instant now = Instant.now();
    Instant known = instant(since);
    HistoryPart part = reader.since(filter, known == null ? now : known);
    add(model, filter, part, MOST_PARTS);
    model.addAttribute("until", now);
    return "console/history/rows :: arrivals";
  }

  private References references(Model model) {
    References references = new References(operations);
    model.addAttribute("references", references);
    return references;
  }

  private static void add(Model model, HistoryFilter filter, HistoryPart part, int parts) {
    model.addAttribute("filter", filter);
    model.addAttribute("part", part);
    model.addAttribute("parts", parts);
    model.addAttribute("goesOn", parts < MOST_PARTS);
  }

  private static @Nullable Instant instant(@Nullable String text) {
    try {
      return text == null || text.isEmpty() ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw ProblemException.invalid("above", "A time is ISO 8601, as in 2026-01-31T12:00:00Z.");
    }
  }
}
