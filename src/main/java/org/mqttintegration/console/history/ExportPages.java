package org.mqttintegration.console.history;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.mqttintegration.access.Account;
import org.mqttintegration.api.Content;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.api.RequestField;
import org.mqttintegration.console.FieldErrors;
import org.mqttintegration.console.record.References;
import org.mqttintegration.problem.ProblemException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Exports what a filter lets through: the browser saves it as it comes, and the page tells how far
 * it is.
 */
@Controller
class ExportPages {

  private static final String EXPORT = HistoryPages.HISTORY + "/export";

  /** A download that was refused never begins; a page does not ask for it for ever. */
  private static final int MOST_MISSES = 20;

  private final Operations operations;
  private final Exports exports;

  ExportPages(Operations operations, Exports exports) {
    this.operations = operations;
    this.exports = exports;
  }

  @GetMapping(EXPORT)
  String ask(
      @AuthenticationPrincipal Account account,
      @RequestParam MultiValueMap<String, String> given,
      Model model) {
    HistoryFilter filter = filter(given);
    FieldErrors errors = FieldErrors.NONE;
    try { // what the export would refuse is told before it begins
      operations.ask(nothingOf(filter).request("listHistory").with("limit", 1));
    } catch (ProblemException refused) {
      errors = FieldErrors.of(refused);
    }
    model.addAttribute("filter", filter);
    model.addAttribute("errors", errors);
    model.addAttribute("references", new References(operations));
    model.addAttribute("withheld", !account.readsPayloads());
    model.addAttribute("id", UUID.randomUUID().toString());
    return "console/history/export";
  }

  @GetMapping(EXPORT + "/file")
  void file(
      @AuthenticationPrincipal Account account,
      @RequestParam MultiValueMap<String, String> given,
      @RequestParam String export,
      @RequestParam(defaultValue = "csv") String format,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (!export.matches("[0-9a-f-]{36}")) {
      throw ProblemException.invalid("export", "Open the page of the export again.");
    }
    HistoryFilter filter = filter(given);
    Export begun =
        exports.begin(
            export, new Export(account.id(), filter.instant("from"), filter.instant("to")));
    boolean whole = false;
    try {
      OperationRequest asked = filter.request("exportHistory").with("format", format);
      Content content = operations.open(asked);
      whole = content.with(begun.follow(content.body())).send(request, response);
    } finally {
      begun.end(whole);
    }
  }

  @GetMapping(EXPORT + "/{id:[0-9a-f-]{36}}")
  String progress(
      @AuthenticationPrincipal Account account,
      @PathVariable String id,
      @RequestParam(defaultValue = "0") int misses,
      Model model) {
    Export export = exports.find(id, account.id()).orElse(null);
    model.addAttribute("id", id);
    model.addAttribute("export", export);
    model.addAttribute("misses", misses + 1);
    model.addAttribute("asksAgain", export == null ? misses < MOST_MISSES : export.running());
    return "console/history/export :: progress";
  }

  @PostMapping(EXPORT + "/{id:[0-9a-f-]{36}}/cancel")
  String cancel(@AuthenticationPrincipal Account account, @PathVariable String id, Model model) {
    exports.find(id, account.id()).ifPresent(Export::cancel);
    return progress(account, id, MOST_MISSES, model);
  }

  /** The same of no time at all, so that it is checked and nothing is looked for. */
  private static HistoryFilter nothingOf(HistoryFilter filter) {
    return filter.has("to") && filter.instant("to") == null
        ? filter
        : filter.with("to", "0001-01-01T00:00:00Z");
  }

  private HistoryFilter filter(MultiValueMap<String, String> given) {
    List<RequestField> query = operations.queryFields("listHistory");
    return HistoryFilter.of(query, given);
  }
}
