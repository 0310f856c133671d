package org.mqttintegration.console.record;

import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.ConsolePaths;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Whether a broker can be connected to, step by step. */
@Controller
class CheckPage {

  private final Operations operations;

  CheckPage(Operations operations) {
    this.operations = operations;
  }

  @PostMapping(ConsolePaths.BASE + "/brokers/{id:[0-9]+}/check")
  String check(@PathVariable long id, Model model) {
    model.addAttribute(
        "check", operations.ask(OperationRequest.of("checkBrokerConnection").at("id", id)));
    model.addAttribute("broker", operations.ask(OperationRequest.of("getBroker").at("id", id)));
    return "console/record/check";
  }
}
