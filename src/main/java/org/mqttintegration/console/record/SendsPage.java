package org.mqttintegration.console.record;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.api.RequestField;
import org.mqttintegration.console.ConsolePaths;
import org.mqttintegration.console.FieldErrors;
import org.mqttintegration.console.form.Form;
import org.mqttintegration.problem.ProblemException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What was sent on request, and what waits to be. */
@Controller
class SendsPage {

  private static final String PATH = ConsolePaths.BASE + "/sends";
  private static final Set<String> PAGING = Set.of("limit", "cursor");

  private final Operations operations;

  SendsPage(Operations operations) {
    this.operations = operations;
  }

  @GetMapping(PATH)
  String list(@RequestParam MultiValueMap<String, String> query, Model model) {
    References references = new References(operations);
    List<RequestField> known = operations.queryFields("listSends");
    OperationRequest asked = OperationRequest.of("listSends");
    known.forEach(field -> asked.with(field.name(), query.getFirst(field.name())));
    FieldErrors errors = FieldErrors.NONE;
    Map<String, Object> sends = Map.of("items", List.of());
    try {
      sends = operations.ask(asked);
    } catch (ProblemException refused) {
      errors = FieldErrors.of(refused);
    }
    model.addAttribute("references", references);
    model.addAttribute("sends", sends);
    model.addAttribute("query", query.toSingleValueMap());
    model.addAttribute("errors", errors);
    model.addAttribute(
        "fields",
        Form.fields(
            known.stream().filter(field -> !PAGING.contains(field.name())).toList(),
            query.toSingleValueMap(),
            errors,
            references::choices));
    return "console/record/sends";
  }

  /** The table alone, for the newest page, which is up to date by itself. */
  @GetMapping(path = PATH, headers = RecordPages.FRAGMENT)
  String rows(@RequestParam MultiValueMap<String, String> query, Model model) {
    return list(query, model) + " :: rows";
  }
}
