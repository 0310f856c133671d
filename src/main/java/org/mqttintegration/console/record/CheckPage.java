package org.mqttintegration.console.record;

import org.jspecify.annotations.Nullable;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.ConsolePaths;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;

/** Whether a broker can be connected to, step by step as they happen. */
@Controller
class CheckPage {

  private static final String CHECKS = ConsolePaths.BASE + "/brokers/{id:[0-9]+}/checks";

  private final Operations operations;

  CheckPage(Operations operations) {
    this.operations = operations;
  }

  @PostMapping(CHECKS)
  String start(@PathVariable long id) {
    Object check =
        operations.ask(OperationRequest.of("startConnectionCheck").at("id", id)).get("id");
    return "redirect:%s/brokers/%d/checks/%s".formatted(ConsolePaths.BASE, id, check);
  }

  @GetMapping(CHECKS + "/{check}")
  String show(
      @PathVariable long id,
      @PathVariable String check,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String fragment,
      Model model) {
    model.addAttribute(
        "check",
        operations.ask(OperationRequest.of("getConnectionCheck").at("id", id).at("check", check)));
    model.addAttribute("broker", operations.ask(OperationRequest.of("getBroker").at("id", id)));
    return fragment == null ? "console/record/check" : "console/record/check :: steps";
  }
}
