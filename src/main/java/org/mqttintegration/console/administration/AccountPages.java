package org.mqttintegration.console.administration;

import static org.mqttintegration.console.administration.AccountPages.BASE;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.Answers;
import org.mqttintegration.console.ConsolePaths;
import org.mqttintegration.console.FieldErrors;
import org.mqttintegration.console.form.Form;
import org.mqttintegration.console.form.FormValues;
import org.mqttintegration.problem.ProblemException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The own account and its tokens. A token is shown in the answer that made it, and never again. */
@Controller
@RequestMapping(BASE)
class AccountPages {

  /** Where all of the administration is. */
  static final String BASE = ConsolePaths.BASE + "/administration";

  private static final String MAKE = "createOwnToken";

  private final Operations operations;

  AccountPages(Operations operations) {
    this.operations = operations;
  }

  @GetMapping
  String show(Model model) {
    return page(Form.presets(operations.bodyFields(MAKE)), FieldErrors.NONE, null, model);
  }

  @PostMapping("/tokens")
  String make(@RequestParam MultiValueMap<String, String> sent, Model model) {
    Map<String, Object> body = FormValues.read(operations.bodyFields(MAKE), sent);
    try {
      Map<String, Object> made = operations.ask(OperationRequest.of(MAKE).body(body));
      return page(Form.presets(operations.bodyFields(MAKE)), FieldErrors.NONE, made, model);
    } catch (ProblemException refused) {
      return page(body, FieldErrors.of(refused), null, model);
    }
  }

  @PostMapping("/tokens/{id:[0-9]+}/end")
  String end(@PathVariable long id, RedirectAttributes next) {
    operations.ask(OperationRequest.of("deleteOwnToken").at("id", id));
    next.addFlashAttribute("done", "The token is ended.");
    return "redirect:" + BASE;
  }

  private String page(
      Map<String, Object> values,
      FieldErrors errors,
      @Nullable Map<String, Object> made,
      Model model) {
    model.addAttribute("account", operations.ask(OperationRequest.of("getOwnAccount")));
    model.addAttribute(
        "tokens", Answers.items(operations.ask(OperationRequest.of("listOwnTokens"))));
    model.addAttribute("errors", errors);
    model.addAttribute("made", made);
    model.addAttribute(
        "fields", Form.fields(operations.bodyFields(MAKE), values, errors, TokenEnds.now()));
    return "console/administration/account";
  }
}
