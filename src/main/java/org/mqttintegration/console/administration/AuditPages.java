package org.mqttintegration.console.administration;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.api.RequestField;
import org.mqttintegration.console.Answers;
import org.mqttintegration.console.FieldErrors;
import org.mqttintegration.console.form.Form;
import org.mqttintegration.problem.ProblemException;
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
  private static final Set<String> PAGING = Set.of("limit", CURSOR);

  private final Operations operations;

  AuditPages(Operations operations) {
    this.operations = operations;
  }

  @GetMapping
  String show(
      @RequestParam MultiValueMap<String, String> query,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String script,
      Model model) {
    List<RequestField> filters =
        operations.queryFields("listAudit").stream()
            .filter(field -> !PAGING.contains(field.name()))
            .toList();
    OperationRequest asked =
        filtered(OperationRequest.of("listAudit"), filters, query)
            .with("limit", PART)
            .with(CURSOR, query.getFirst(CURSOR));
    FieldErrors errors = FieldErrors.NONE;
    Map<String, Object> part = Map.of("items", List.of());
    try {
      part = operations.ask(asked);
    } catch (ProblemException refused) {
      errors = FieldErrors.of(refused);
    }
    Object cursor = part.get("nextCursor");
    model.addAttribute("errors", errors);
    model.addAttribute("entries", Answers.items(part));
    model.addAttribute("older", cursor == null ? null : address(AUDIT, query, CURSOR, cursor));
    model.addAttribute("first", query.getFirst(CURSOR) == null);
    model.addAttribute("csv", address(AUDIT + "/export", query, FORMAT, "csv"));
    model.addAttribute("ndjson", address(AUDIT + "/export", query, FORMAT, "ndjson"));
    model.addAttribute(
        "filters", Form.fields(filters, query.toSingleValueMap(), errors, field -> List.of()));
    return "console/administration/audit" + (script == null ? "" : " :: entries");
  }

  private static OperationRequest filtered(
      OperationRequest asked, List<RequestField> filters, MultiValueMap<String, String> query) {
    filters.forEach(field -> asked.with(field.name(), query.getFirst(field.name())));
    return asked;
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
    OperationRequest asked =
        filtered(OperationRequest.of("exportAudit"), operations.queryFields("exportAudit"), query);
    String file = "csv".equals(query.getFirst(FORMAT)) ? "audit.csv" : "audit.ndjson";
    operations.open(asked).saved(file).send(request, response);
  }
}
