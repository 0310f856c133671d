package org.mqttintegration.console.record;

import java.util.HashMap;
import java.util.Map;
import org.mqttintegration.access.Account;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.ConsolePaths;
import org.mqttintegration.console.form.FormValues;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What people do at the side of a record; they come back to its page. */
@Controller
class StoryActs {

  private static final String STORY =
      ConsolePaths.BASE + "/{records:brokers|subscriptions|signals|route-files}/{record}";

  private final Operations operations;

  StoryActs(Operations operations) {
    this.operations = operations;
  }

  @PostMapping(STORY + "/thread")
  String note(
      @PathVariable String records,
      @PathVariable String record,
      @RequestParam(defaultValue = "") String text,
      RedirectAttributes next) {
    String lines = text.replace("\r\n", "\n");
    return asked(
        RecordStory.about("addNote", records, record).body(Map.of("text", lines)),
        records,
        record,
        next,
        lines);
  }

  @PostMapping(STORY + "/followers")
  String follow(
      @PathVariable String records,
      @PathVariable String record,
      @RequestParam MultiValueMap<String, String> sent,
      RedirectAttributes next) {
    return asked(
        RecordStory.about("addFollower", records, record)
            .body(FormValues.read(operations.bodyFields("addFollower"), sent)),
        records,
        record,
        next,
        "");
  }

  @PostMapping(STORY + "/followers/me")
  String followMyself(
      @PathVariable String records,
      @PathVariable String record,
      @AuthenticationPrincipal Account account,
      RedirectAttributes next) {
    return asked(
        RecordStory.about("addFollower", records, record)
            .body(Map.of("type", "user", "target", account.name())),
        records,
        record,
        next,
        "");
  }

  @PostMapping(STORY + "/followers/{follower:[0-9]+}/delete")
  String unfollow(
      @PathVariable String records,
      @PathVariable String record,
      @PathVariable long follower,
      RedirectAttributes next) {
    return asked(
        RecordStory.about("deleteFollower", records, record).at("follower", follower),
        records,
        record,
        next,
        "");
  }

  @PostMapping(STORY + "/responsible")
  String answerFor(
      @PathVariable String records,
      @PathVariable String record,
      @RequestParam(defaultValue = "") String user,
      RedirectAttributes next) {
    Map<String, Object> body = new HashMap<>();
    body.put("user", user.isBlank() ? null : user.strip());
    return asked(
        RecordStory.about("putResponsible", records, record).body(body), records, record, next, "");
  }

  @PostMapping(STORY + "/activities")
  String plan(
      @PathVariable String records,
      @PathVariable String record,
      @RequestParam MultiValueMap<String, String> sent,
      RedirectAttributes next) {
    return asked(
        RecordStory.about("createActivity", records, record)
            .body(FormValues.read(operations.bodyFields("createActivity"), sent)),
        records,
        record,
        next,
        "");
  }

  @PostMapping(STORY + "/activities/{activity:[0-9]+}/{end:done|cancel}")
  String end(
      @PathVariable String records,
      @PathVariable String record,
      @PathVariable long activity,
      @PathVariable String end,
      @RequestParam(defaultValue = "") String feedback,
      RedirectAttributes next) {
    return asked(
        OperationRequest.of(end.equals("done") ? "completeActivity" : "cancelActivity")
            .at("id", activity)
            .body(feedback.isBlank() ? Map.of() : Map.of("feedback", feedback)),
        records,
        record,
        next,
        "");
  }

  /** Asks, and leads back; what was typed is kept when it is refused. */
  private String asked(
      OperationRequest request,
      String records,
      String record,
      RedirectAttributes next,
      String typed) {
    try {
      operations.ask(request);
    } catch (ProblemException refused) {
      String wrong =
          refused.errors().stream()
              .map(FieldError::message)
              .reduce((one, other) -> one + " " + other)
              .orElse(refused.detail());
      next.addFlashAttribute("failed", wrong);
      next.addFlashAttribute("typed", typed);
    }
    next.addAttribute("records", records);
    next.addAttribute("record", record);
    return "redirect:" + ConsolePaths.BASE + "/{records}/{record}";
  }
}
