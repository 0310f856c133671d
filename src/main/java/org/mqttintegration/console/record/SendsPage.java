package org.mqttintegration.console.record;

import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.ConsolePaths;
import org.mqttintegration.console.form.FilteredList;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What was sent on request, and what waits to be. */
@Controller
class SendsPage {

  private static final String PATH = ConsolePaths.BASE + "/sends";

  private final Operations operations;

  SendsPage(Operations operations) {
    this.operations = operations;
  }

  @GetMapping(PATH)
  String list(@RequestParam MultiValueMap<String, String> query, Model model) {
    References references = new References(operations);
    FilteredList sends =
        FilteredList.ask(operations, OperationRequest.of("listSends"), query, references::choices);
    model.addAttribute("references", references);
    model.addAttribute("query", query.toSingleValueMap());
    model.addAttribute("sends", sends.answer());
    model.addAttribute("errors", sends.errors());
    model.addAttribute("fields", sends.filter());
    return "console/record/sends";
  }

  /** The table alone, for the newest page, which is up to date by itself. */
  @GetMapping(path = PATH, headers = RecordPages.FRAGMENT)
  String rows(@RequestParam MultiValueMap<String, String> query, Model model) {
    return list(query, model) + " :: rows";
  }
}
