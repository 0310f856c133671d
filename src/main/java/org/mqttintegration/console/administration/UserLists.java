package org.mqttintegration.console.administration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.api.RequestField;
import org.mqttintegration.console.Answers;
import org.mqttintegration.console.FieldErrors;
import org.mqttintegration.console.form.Form;
import org.mqttintegration.console.form.FormValues;
import org.mqttintegration.problem.ProblemException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Lists users, and makes them. */
@Controller
@RequestMapping(UserPages.USERS)
class UserLists {

  private static final int SIZE = 50;
  private static final String MAKE = "createUser";

  private final Operations operations;

  UserLists(Operations operations) {
    this.operations = operations;
  }

  @GetMapping
  String list(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "name") String sort,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    Map<String, Object> users =
        operations.ask(
            OperationRequest.of("listUsers")
                .with("name", name)
                .with("sort", sort)
                .with("page", page)
                .with("size", SIZE));
    model.addAttribute("users", Answers.items(users));
    model.addAttribute("total", Answers.total(users));
    model.addAttribute("pages", (Answers.total(users) + SIZE - 1) / SIZE);
    model.addAttribute("name", name);
    model.addAttribute("sort", sort);
    model.addAttribute("page", page);
    return "console/administration/users";
  }

  @GetMapping("/new")
  String create(Model model) {
    operations.require(MAKE);
    Map<String, Object> values = Form.presets(fields());
    values.putAll(Map.of("enabled", true, "mustChangePassword", true, "role", "viewer"));
    return page(values, FieldErrors.NONE, model);
  }

  @PostMapping("/new")
  String create(
      @RequestParam MultiValueMap<String, String> sent, Model model, RedirectAttributes next) {
    Map<String, Object> values = FormValues.read(fields(), sent);
    Map<String, Object> body = new LinkedHashMap<>(values);
    body.values().removeIf(Objects::isNull);
    String given = UserPages.given(body);
    try {
      Map<String, Object> made = operations.ask(OperationRequest.of(MAKE).body(body));
      if (given == null) {
        next.addFlashAttribute("done", "The user is made.");
        return "redirect:%s/%s".formatted(UserPages.USERS, made.get("id"));
      }
      return shownOnce(made, given, model);
    } catch (ProblemException refused) {
      return page(values, FieldErrors.of(refused), model);
    }
  }

  static String shownOnce(Map<String, Object> user, @Nullable String given, Model model) {
    model.addAttribute("user", user);
    model.addAttribute("given", given);
    return "console/administration/given-password";
  }

  private List<RequestField> fields() {
    return operations.bodyFields(MAKE).stream().map(UserPages::mayBeLeft).toList();
  }

  private String page(Map<String, Object> values, FieldErrors errors, Model model) {
    model.addAttribute("errors", errors);
    model.addAttribute("fields", Form.fields(fields(), values, errors, field -> List.of()));
    return "console/administration/user-new";
  }
}
