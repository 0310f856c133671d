package org.mqttintegration.console.record;

import java.util.Map;
import java.util.Set;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
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
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Sends signals, and shows what becomes of a send. */
@Controller
class SendPages {

  private static final String SEND = ConsolePaths.BASE + "/signals/{id:[0-9]+}/send";
  private static final Set<String> ON_THE_WAY = Set.of("queued", "sending");

  private final Operations operations;

  SendPages(Operations operations) {
    this.operations = operations;
  }

  @GetMapping(SEND)
  String ask(@PathVariable long id, Model model) {
    return page(id, Map.of(), FieldErrors.NONE, model);
  }

  @PostMapping(SEND)
  String send(
      @PathVariable long id, @RequestParam MultiValueMap<String, String> sent, Model model) {
    Map<String, Object> body = FormValues.read(operations.bodyFields("sendSignal"), sent);
    try {
      Map<String, Object> send =
          operations.ask(OperationRequest.of("sendSignal").at("id", id).body(body));
      return "redirect:%s/sends/%s".formatted(ConsolePaths.BASE, send.get("id"));
    } catch (ProblemException refused) {
      return page(id, body, FieldErrors.of(refused), model);
    }
  }

  private String page(long id, Map<String, Object> values, FieldErrors errors, Model model) {
    References references = new References(operations);
    model.addAttribute("references", references);
    model.addAttribute("signal", operations.ask(OperationRequest.of("getSignal").at("id", id)));
    model.addAttribute("errors", errors);
    model.addAttribute(
        "fields",
        Form.fields(operations.bodyFields("sendSignal"), values, errors, references::choices));
    return "console/record/send-signal";
  }

  @GetMapping(ConsolePaths.BASE + "/sends/{id:[0-9]+}")
  String show(
      @PathVariable long id,
      @RequestHeader(name = "HX-Request", required = false) String fragment,
      Model model) {
    Map<String, Object> send = operations.ask(OperationRequest.of("getSend").at("id", id));
    model.addAttribute("references", new References(operations));
    model.addAttribute("send", send);
    model.addAttribute("onTheWay", ON_THE_WAY.contains(String.valueOf(send.get("status"))));
    return fragment == null ? "console/record/send" : "console/record/send :: outcome";
  }

  @PostMapping(ConsolePaths.BASE + "/sends/{id:[0-9]+}/cancel")
  String cancel(@PathVariable long id, RedirectAttributes next) {
    try {
      operations.ask(OperationRequest.of("cancelSend").at("id", id));
      next.addFlashAttribute("done", "It is not sent any more.");
    } catch (ProblemException refused) {
      next.addFlashAttribute("failed", refused.detail());
    }
    return "redirect:%s/sends/%d".formatted(ConsolePaths.BASE, id);
  }
}
