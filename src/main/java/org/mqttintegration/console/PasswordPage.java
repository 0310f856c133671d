package org.mqttintegration.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.mqttintegration.access.Account;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.problem.ProblemException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where everybody changes the own password, and must before anything else if it was given. */
@Controller
class PasswordPage {

  static final String PATH = ConsoleSecurity.BASE + "/password";

  private final Operations operations;
  private final ConsoleSession session;

  PasswordPage(Operations operations, ConsoleSession session) {
    this.operations = operations;
    this.session = session;
  }

  @GetMapping(PATH)
  String show(@AuthenticationPrincipal Account account, Model model) {
    return page(account, model, FieldErrors.NONE);
  }

  @PostMapping(PATH)
  String change(
      @AuthenticationPrincipal Account account,
      @RequestParam(defaultValue = "") String current,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "") String again,
      Model model,
      HttpServletRequest request,
      RedirectAttributes next) {
    try {
      if (!password.equals(again)) {
        throw ProblemException.invalid("again", "The two are not the same.");
      }
      operations.ask(
          OperationRequest.of("changeOwnPassword")
              .body(Map.of("current", current, "password", password)));
    } catch (ProblemException refused) {
      return page(account, model, FieldErrors.of(refused));
    }
    session.passwordChanged(account, request);
    next.addFlashAttribute("done", "Your password is changed.");
    return "redirect:" + ConsoleSecurity.BASE + "/";
  }

  private static String page(Account account, Model model, FieldErrors errors) {
    model.addAttribute("must", account.mustChangePassword());
    model.addAttribute("errors", errors);
    return "console/password";
  }
}
