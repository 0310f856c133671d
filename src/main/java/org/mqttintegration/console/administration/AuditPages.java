package org.mqttintegration.console.administration;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.Answers;
import org.mqttintegration.console.form.FilteredList;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** What happened to all records, newest first, part by part as somebody scrolls. */
@Controller
@RequestMapping(AuditPages.AUDIT)
class AuditPages {

  static final String AUDIT = AccountPages.BASE + "/audit";

  private static final int PART = 50;
  private static final String CURSOR = "cursor";
  private static final String FORMAT = "format";

  private final Operations operations;

  AuditPages(Operations operations) {
    this.operations = operations;
  }

  @GetMapping
  String show(
      @RequestParam MultiValueMap<String, String> query,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String script,
      Model model) {
    OperationRequest asked = OperationRequest.of("listAudit").with("limit", PART);
    FilteredList audit = FilteredList.ask(operations, asked, query, field -> List.of());
    Object cursor = audit.answer().get("nextCursor");
    model.addAttribute("errors", audit.errors());
    model.addAttribute("filters", audit.filter());
    model.addAttribute("entries", Answers.items(audit.answer()));
    model.addAttribute("older", cursor == null ? null : address(AUDIT, query, CURSOR, cursor));
    model.addAttribute("first", query.getFirst(CURSOR) == null);
    model.addAttribute("csv", address(AUDIT + "/export", query, FORMAT, "csv"));
    model.addAttribute("ndjson", address(AUDIT + "/export", query, FORMAT, "ndjson"));
    return "console/administration/audit" + (script == null ? "" : " :: entries");
  }

  private static String address(
      String path, MultiValueMap<String, String> query, String name, Object value) {
    return UriComponentsBuilder.fromPath(path)
        .queryParams(query)
        .replaceQueryParam(CURSOR)
        .replaceQueryParam(name, value)
        .encode()
        .build()
        .toUriString();
  }

  /** The console's cookie is not good for REST, which has the same. */
  @GetMapping("/export")
  void export(
      @RequestParam MultiValueMap<String, String> query,
      HttpServletRequest request,
      HttpServletResponse response) {
    OperationRequest asked = OperationRequest.of("exportAudit");
    operations
        .queryFields("exportAudit")
        .forEach(field -> asked.with(field.name(), query.getFirst(field.name())));
    String file = "csv".equals(query.getFirst(FORMAT)) ? "audit.csv" : "audit.ndjson";
    operations.open(asked).saved(file).send(request, response);
  }
}
