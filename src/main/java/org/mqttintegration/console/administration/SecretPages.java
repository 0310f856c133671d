package org.mqttintegration.console.administration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.Answers;
import org.mqttintegration.console.FieldErrors;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Secrets by their names, never by their values, and the keys that encrypt them. */
@Controller
@RequestMapping(SecretPages.SECRETS)
class SecretPages {

  static final String SECRETS = AccountPages.BASE + "/secrets";

  /** As the contract has it for the path, where it is no field that could be refused. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,254}");

  private final Operations operations;

  SecretPages(Operations operations) {
    this.operations = operations;
  }

  @GetMapping
  String show(Model model) {
    return page("", FieldErrors.NONE, model);
  }

  @PostMapping
  String put(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String value,
      Model model,
      RedirectAttributes next) {
    try {
      if (!NAME.matcher(name).matches()) {
        throw ProblemException.invalid(
            "name", "Letters, digits, ., - and _ only, up to 255, and no . first.");
      }
      operations.ask(
          OperationRequest.of("putSecret")
              .at("secret", name)
              .body(Map.of("value", value.replace("\r\n", "\n"))));
    } catch (ProblemException refused) {
      return page(name, FieldErrors.of(refused), model);
    }
    next.addFlashAttribute(
        "done",
        "The secret %s is stored. Routes that run take it up when they are started again."
            .formatted(name));
    return "redirect:" + SECRETS;
  }

  private String page(String name, FieldErrors errors, Model model) {
    model.addAttribute("secrets", secrets());
    model.addAttribute(
        "keys", Answers.items(operations.ask(OperationRequest.of("listSecretKeys"))));
    model.addAttribute("name", name);
    model.addAttribute("errors", errors);
    return "console/administration/secrets";
  }

  private List<Map<String, Object>> secrets() {
    return Answers.items(operations.ask(OperationRequest.of("listSecrets")));
  }

  @GetMapping("/{name}/delete")
  String askToDelete(@PathVariable String name, Model model) {
    Optional<Map<String, Object>> secret =
        secrets().stream().filter(known -> name.equals(known.get("name"))).findFirst();
    model.addAttribute(
        "secret",
        secret.orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.NOT_FOUND, "There is no secret %s.".formatted(name))));
    return "console/administration/secret-delete";
  }

  @PostMapping("/{name}/delete")
  String delete(@PathVariable String name, RedirectAttributes next) {
    operations.ask(OperationRequest.of("deleteSecret").at("secret", name));
    next.addFlashAttribute("done", "The secret %s is deleted.".formatted(name));
    return "redirect:" + SECRETS;
  }

  @PostMapping("/re-encrypt")
  String reencrypt(RedirectAttributes next) {
    try {
      Map<String, Object> done = operations.ask(OperationRequest.of("reencryptSecrets"));
      next.addFlashAttribute(
          "done",
          "%s of %s secrets were encrypted anew, with the key %s. Keys that nothing needs: %s."
              .formatted(
                  done.get("reencrypted"),
                  done.get("secrets"),
                  done.get("keyId"),
                  unused(done.get("unusedKeyIds"))));
    } catch (ProblemException refused) {
      next.addFlashAttribute("failed", refused.detail());
    }
    return "redirect:" + SECRETS;
  }

  private static String unused(@Nullable Object keys) {
    return keys instanceof List<?> ids && !ids.isEmpty()
        ? String.join(", ", ids.stream().map(String::valueOf).toList())
        : "none";
  }
}
