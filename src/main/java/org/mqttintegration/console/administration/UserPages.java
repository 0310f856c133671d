package org.mqttintegration.console.administration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.Account;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.api.RequestField;
import org.mqttintegration.console.Answers;
import org.mqttintegration.console.FieldErrors;
import org.mqttintegration.console.form.Form;
import org.mqttintegration.console.form.FormValues;
import org.mqttintegration.problem.ProblemException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of a user, with what is changed there. */
@Controller
@RequestMapping(UserPages.USERS + "/{id:[0-9]+}")
class UserPages {

  static final String USERS = AccountPages.BASE + "/users";

  private static final String PASSWORD = "password";
  private static final String CHANGE = "patchUser";
  private static final String SET_PASSWORD = "setUserPassword";

  private final Operations operations;

  UserPages(Operations operations) {
    this.operations = operations;
  }

  /** A field as it is, but for a password: one is made where none is typed. */
  static RequestField mayBeLeft(RequestField field) {
    return field.name().equals(PASSWORD)
        ? field.asOptional("12 to 128 characters. Left empty, one is made and shown to you once.")
        : field;
  }

  /** Gives a body without a password one, and tells it; null when there is one. */
  static @Nullable String given(Map<String, Object> body) {
    if (body.get(PASSWORD) != null) {
      return null;
    }
    String made = GivenPassword.make();
    body.put(PASSWORD, made);
    return made;
  }

  @GetMapping
  String show(@PathVariable long id, @AuthenticationPrincipal Account account, Model model) {
    Map<String, Object> user = user(id);
    return page(user, user, FieldErrors.NONE, account, model);
  }

  @PostMapping
  String change(
      @PathVariable long id,
      @RequestParam MultiValueMap<String, String> sent,
      @AuthenticationPrincipal Account account,
      Model model,
      RedirectAttributes next) {
    Map<String, Object> user = user(id);
    List<RequestField> fields = operations.bodyFields(CHANGE);
    Map<String, Object> drawn = FormValues.parse(String.valueOf(sent.getFirst("drawn")));
    Map<String, Object> values = FormValues.read(fields, sent);
    Map<String, Object> changes = FormValues.changed(fields, drawn, values);
    try {
      if (id == account.id() && !sent.containsKey("sure")) {
        refuseToLoseOwn(changes, model);
      }
      if (!changes.isEmpty()) {
        operations.ask(OperationRequest.of(CHANGE).at("id", id).body(changes));
      }
    } catch (ProblemException refused) {
      return page(user, values, FieldErrors.of(refused), account, model);
    }
    next.addFlashAttribute("done", changes.isEmpty() ? "Nothing was changed." : "Changed.");
    return operations.permits("getUser") && id != account.id()
        ? "redirect:%s/%d".formatted(USERS, id)
        : "redirect:" + AccountPages.BASE;
  }

  private static void refuseToLoseOwn(Map<String, Object> changes, Model model) {
    if (changes.containsKey("role") || Boolean.FALSE.equals(changes.get("enabled"))) {
      model.addAttribute("askSure", true);
      throw ProblemException.invalid(
          changes.containsKey("role") ? "role" : "enabled",
          "This is your own account: you would lock yourself out of these pages.");
    }
  }

  @PostMapping("/password")
  String setPassword(
      @PathVariable long id,
      @RequestParam MultiValueMap<String, String> sent,
      @AuthenticationPrincipal Account account,
      Model model,
      RedirectAttributes next) {
    Map<String, Object> user = user(id);
    Map<String, Object> body =
        new LinkedHashMap<>(FormValues.read(operations.bodyFields(SET_PASSWORD), sent));
    String given = given(body);
    try {
      operations.ask(OperationRequest.of(SET_PASSWORD).at("id", id).body(body));
    } catch (ProblemException refused) {
      model.addAttribute("passwordFields", passwordFields(body, FieldErrors.of(refused)));
      model.addAttribute("passwordProblem", FieldErrors.of(refused).summary());
      return page(user, user, FieldErrors.NONE, account, model);
    }
    if (given != null) {
      return UserLists.shownOnce(user, given, model);
    }
    next.addFlashAttribute("done", "The password is set; other sessions of the user end by it.");
    return "redirect:%s/%d".formatted(USERS, id);
  }

  private Map<String, Object> user(long id) {
    return operations.ask(OperationRequest.of("getUser").at("id", id));
  }

  private List<?> passwordFields(Map<String, Object> values, FieldErrors errors) {
    return Form.fields(
        operations.bodyFields(SET_PASSWORD).stream().map(UserPages::mayBeLeft).toList(),
        values,
        errors,
        field -> List.of());
  }

  private String page(
      Map<String, Object> user,
      Map<String, Object> values,
      FieldErrors errors,
      Account account,
      Model model) {
    List<RequestField> fields = operations.bodyFields(CHANGE);
    Map<String, Object> drawn = new LinkedHashMap<>();
    fields.forEach(field -> drawn.put(field.name(), user.get(field.name())));
    model.addAttribute("user", user);
    model.addAttribute(
        "own", String.valueOf(account.id()).equals(String.valueOf(String.valueOf(user.get("id")))));
    model.addAttribute("drawn", FormValues.text(drawn));
    model.addAttribute("errors", errors);
    model.addAttribute("fields", Form.fields(fields, values, errors, field -> List.of()));
    if (!model.containsAttribute("passwordFields")) {
      model.addAttribute(
          "passwordFields", passwordFields(Map.of("mustChangePassword", true), FieldErrors.NONE));
    }
    model.addAttribute(
        "tokens",
        Answers.items(
            operations.ask(
                OperationRequest.of("listUserTokens").at("id", String.valueOf(user.get("id"))))));
    return "console/administration/user";
  }
}
