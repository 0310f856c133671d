package org.mqttintegration.console.administration;

import java.util.List;
import java.util.Map;
import org.mqttintegration.access.Account;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.Answers;
import org.mqttintegration.console.ConsolePaths;
import org.mqttintegration.problem.ProblemException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Ends users and their tokens, and says before what goes along. */
@Controller
@RequestMapping(UserPages.USERS + "/{id:[0-9]+}")
class UserEnds {

  private static final int MOST = 100;

  private final Operations operations;

  UserEnds(Operations operations) {
    this.operations = operations;
  }

  @PostMapping("/tokens/{token:[0-9]+}/end")
  String endToken(@PathVariable long id, @PathVariable long token, RedirectAttributes next) {
    operations.ask(OperationRequest.of("deleteUserToken").at("id", id).at("tokenId", token));
    next.addFlashAttribute("done", "The token is ended.");
    return "redirect:%s/%d".formatted(UserPages.USERS, id);
  }

  @GetMapping("/delete")
  String askToDelete(@PathVariable long id, @AuthenticationPrincipal Account account, Model model) {
    Map<String, Object> user = user(id);
    List<Map<String, Object>> tokens =
        Answers.items(operations.ask(OperationRequest.of("listUserTokens").at("id", id)));
    Map<String, Object> activities =
        operations.ask(
            OperationRequest.of("listActivities")
                .with("assignee", user.get("name"))
                .with("limit", MOST));
    model.addAttribute("user", user);
    model.addAttribute("own", id == account.id());
    model.addAttribute("tokens", tokens.size());
    model.addAttribute(
        "activities",
        Answers.items(activities).stream().filter(a -> a.get("closedAt") == null).count());
    return "console/administration/user-delete";
  }

  @PostMapping("/delete")
  String delete(
      @PathVariable long id, @AuthenticationPrincipal Account account, RedirectAttributes next) {
    Map<String, Object> user = user(id);
    try {
      operations.ask(OperationRequest.of("deleteUser").at("id", id));
    } catch (ProblemException refused) {
      next.addFlashAttribute("failed", refused.detail());
      return "redirect:%s/%d".formatted(UserPages.USERS, id);
    }
    next.addFlashAttribute("done", "The user %s is deleted.".formatted(user.get("name")));
    return id == account.id()
        ? "redirect:" + ConsolePaths.BASE + "/"
        : "redirect:" + UserPages.USERS;
  }

  private Map<String, Object> user(long id) {
    return operations.ask(OperationRequest.of("getUser").at("id", id));
  }
}
