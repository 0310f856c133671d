package org.mqttintegration.console.record;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.api.RequestField;
import org.mqttintegration.console.FieldErrors;
import org.mqttintegration.console.form.Form;
import org.mqttintegration.console.form.FormField;
import org.mqttintegration.console.form.FormValues;
import org.mqttintegration.problem.ProblemException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Forms that make records and change them. What was typed stays until it is taken. */
@Controller
class RecordForms {

  /** The values as they were when the form was drawn: only what somebody changes is changed. */
  private static final String DRAWN = "drawn";

  private final Operations operations;

  RecordForms(Operations operations) {
    this.operations = operations;
  }

  @GetMapping(RecordPages.RECORDS + "/new")
  String create(
      @PathVariable RecordType records,
      @RequestParam(required = false) Long from,
      @RequestParam MultiValueMap<String, String> given,
      Model model) {
    Map<String, Object> values = new HashMap<>();
    List<RequestField> fields = operations.bodyFields(records.create());
    if (from == null) {
      values.putAll(Form.presets(fields));
      values.putAll(given.toSingleValueMap());
    } else {
      values.putAll(operations.ask(OperationRequest.of(records.get()).at("id", from)));
      values.keySet().removeAll(RecordType.OWN);
      values.keySet().removeIf(name -> name.endsWith("Withheld"));
    }
    return page(records, null, fields, values, Map.of(), FieldErrors.NONE, model);
  }

  @PostMapping(RecordPages.RECORDS + "/new")
  String create(
      @PathVariable RecordType records,
      @RequestParam MultiValueMap<String, String> sent,
      Model model,
      RedirectAttributes next) {
    List<RequestField> fields = operations.bodyFields(records.create());
    Map<String, Object> values = FormValues.read(fields, sent);
    Map<String, Object> body = new LinkedHashMap<>(values);
    body.values().removeIf(java.util.Objects::isNull);
    try {
      Map<String, Object> made = operations.ask(OperationRequest.of(records.create()).body(body));
      next.addFlashAttribute("done", "The %s is made.".formatted(records.noun()));
      return "redirect:%s/%s".formatted(records.base(), made.get("id"));
    } catch (ProblemException refused) {
      return page(records, null, fields, values, Map.of(), FieldErrors.of(refused), model);
    }
  }

  @GetMapping(RecordPages.RECORD + "/edit")
  String change(@PathVariable RecordType records, @PathVariable long id, Model model) {
    Map<String, Object> values = operations.ask(OperationRequest.of(records.get()).at("id", id));
    List<RequestField> fields = operations.bodyFields(records.patch());
    Map<String, Object> drawn = new LinkedHashMap<>();
    fields.stream()
        .map(RequestField::name)
        .filter(values::containsKey)
        .forEach(name -> drawn.put(name, values.get(name)));
    return page(records, id, fields, values, drawn, FieldErrors.NONE, model);
  }

  @PostMapping(RecordPages.RECORD + "/edit")
  String change(
      @PathVariable RecordType records,
      @PathVariable long id,
      @RequestParam MultiValueMap<String, String> sent,
      Model model,
      RedirectAttributes next) {
    List<RequestField> fields = operations.bodyFields(records.patch());
    Map<String, Object> drawn = FormValues.parse(String.valueOf(sent.getFirst(DRAWN)));
    Map<String, Object> values = FormValues.read(fields, sent);
    Map<String, Object> changes = FormValues.changed(fields, drawn, values);
    try {
      if (!changes.isEmpty()) {
        operations.ask(OperationRequest.of(records.patch()).at("id", id).body(changes));
      }
      next.addFlashAttribute("done", changes.isEmpty() ? "Nothing was changed." : "Changed.");
      return "redirect:%s/%d".formatted(records.base(), id);
    } catch (ProblemException refused) {
      return page(records, id, fields, values, drawn, FieldErrors.of(refused), model);
    }
  }

  private String page(
      RecordType records,
      @Nullable Long id,
      List<RequestField> fields,
      Map<String, Object> values,
      Map<String, Object> drawn,
      FieldErrors errors,
      Model model) {
    References references = new References(operations);
    model.addAttribute("type", records);
    model.addAttribute("id", id);
    model.addAttribute("heading", (id == null ? "New " : "Change the ") + records.noun());
    model.addAttribute("drawn", FormValues.text(drawn));
    model.addAttribute("errors", errors);
    List<FormField> form = Form.fields(fields, values, errors, references::choices);
    model.addAttribute("fields", form);
    model.addAttribute(
        "moreIsWrong", form.stream().anyMatch(f -> f.wrong() && !records.isFirst(f.path())));
    return "console/record/form";
  }
}
