package org.mqttintegration.console;

import org.mqttintegration.access.Account;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** How things stand: the brokers, and what is to do. */
@Controller
class OverviewPage {

  private static final int MOST = 200;

  private final Operations operations;

  OverviewPage(Operations operations) {
    this.operations = operations;
  }

  @GetMapping({"/", ConsoleSecurity.BASE})
  String start() {
    return "redirect:" + ConsoleSecurity.BASE + "/";
  }

  @GetMapping(ConsoleSecurity.BASE + "/")
  String show(@AuthenticationPrincipal Account account, Model model) {
    model.addAttribute(
        "brokers", operations.ask(OperationRequest.of("listBrokers").with("size", MOST)));
    model.addAttribute(
        "activities", operations.ask(OperationRequest.of("listActivities").with("assignee", "me")));
    return "console/overview";
  }
}
