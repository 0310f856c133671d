package org.mqttintegration.console.record;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.Answers;
import org.mqttintegration.console.ConsolePaths;
import org.mqttintegration.console.form.FilteredList;
import org.mqttintegration.problem.ProblemException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Lists of records, the page of each, and what is done to it with one click. */
@Controller
class RecordPages {

  static final String RECORDS =
      ConsolePaths.BASE + "/{records:brokers|subscriptions|signals|schedules}";
  static final String RECORD = RECORDS + "/{id:[0-9]+}";

  /** What htmx sends when it asks for a part of a page. */
  static final String FRAGMENT = "HX-Request";

  private final Operations operations;
  private final RecordStory story;

  RecordPages(Operations operations, RecordStory story) {
    this.operations = operations;
    this.story = story;
  }

  @GetMapping(RECORDS)
  String list(
      @PathVariable RecordType records,
      @RequestParam MultiValueMap<String, String> query,
      Model model) {
    References references = new References(operations);
    FilteredList found =
        FilteredList.ask(
            operations, OperationRequest.of(records.list()), query, references::choices);
    model.addAttribute("references", references);
    model.addAttribute("view", ListView.of(records, query, found.answer(), references));
    model.addAttribute("errors", found.errors());
    model.addAttribute("filters", found.filter());
    return "console/record/list";
  }

  /** The table alone, for a list that is up to date by itself. */
  @GetMapping(path = RECORDS, headers = FRAGMENT)
  String rows(
      @PathVariable RecordType records,
      @RequestParam MultiValueMap<String, String> query,
      Model model) {
    return list(records, query, model) + " :: rows";
  }

  @GetMapping(RECORD)
  String show(
      @PathVariable RecordType records,
      @PathVariable long id,
      @RequestParam(required = false) String cursor,
      Model model) {
    References references = new References(operations);
    model.addAttribute("type", records);
    model.addAttribute("references", references);
    Map<String, Object> record = read(records, id);
    model.addAttribute("record", record);
    model.addAttribute("facts", Fact.of(records, record));
    model.addAttribute("uses", uses(records, id));
    if (records != RecordType.SCHEDULES) {
      model.addAttribute("messages", messages(records, id));
    }
    if (records.hasStory()) {
      story.addTo(model, records.path(), String.valueOf(id), cursor);
    }
    return "console/record/record";
  }

  /** What changes by itself on the page of a record. */
  @GetMapping(path = RECORD, headers = FRAGMENT)
  String standing(@PathVariable RecordType records, @PathVariable long id, Model model) {
    model.addAttribute("type", records);
    model.addAttribute("references", new References(operations));
    model.addAttribute("record", read(records, id));
    return "console/record/record :: standing";
  }

  @PostMapping(RECORD + "/{act:subscribe|unsubscribe|pause|resume}")
  String act(
      @PathVariable RecordType records,
      @PathVariable long id,
      @PathVariable String act,
      RedirectAttributes next) {
    Act known =
        records.acts().stream()
            .filter(each -> each.path().equals(act))
            .findFirst()
            .orElseThrow(() -> ProblemException.notFound(records.noun(), id));
    try {
      operations.ask(OperationRequest.of(known.operation()).at("id", id));
      next.addFlashAttribute("done", known.done());
    } catch (ProblemException refused) {
      next.addFlashAttribute("failed", refused.detail());
    }
    return "redirect:" + records.base() + "/" + id;
  }

  @GetMapping(RECORD + "/delete")
  String askToDelete(@PathVariable RecordType records, @PathVariable long id, Model model) {
    model.addAttribute("type", records);
    model.addAttribute("record", read(records, id));
    model.addAttribute("along", along(records, id));
    return "console/record/delete";
  }

  @PostMapping(RECORD + "/delete")
  String delete(
      @PathVariable RecordType records,
      @PathVariable long id,
      @RequestParam(defaultValue = "") String along,
      RedirectAttributes next) {
    Map<String, Object> record = read(records, id);
    try {
      operations.ask(
          OperationRequest.of(records.delete())
              .at("id", id)
              .with("cascade", records == RecordType.BROKERS && !along.isEmpty() ? true : null));
    } catch (ProblemException refused) {
      next.addFlashAttribute("failed", refused.detail());
      return "redirect:" + records.base() + "/" + id;
    }
    next.addFlashAttribute(
        "done",
        "The %s %s is deleted.".formatted(records.noun(), record.get(records.titleField())));
    return "redirect:" + records.base();
  }

  private Map<String, Object> read(RecordType records, long id) {
    return operations.ask(OperationRequest.of(records.get()).at("id", id));
  }

  /** How many records of each kind name this one, to be led to. */
  private Map<RecordType, String> uses(RecordType records, long id) {
    Map<RecordType, String> uses = new EnumMap<>(RecordType.class);
    for (RecordType user : records.users()) {
      String counted = counted(user, records.noun() + "Id", id);
      uses.put(user, counted.isEmpty() ? "no " + user.path() : counted);
    }
    return uses;
  }

  /** How many messages of a record the history has. */
  private String messages(RecordType records, long id) {
    Map<String, Object> counted =
        operations.ask(OperationRequest.of("countHistory").with(records.noun() + "Id", id));
    long messages = Answers.number(counted, "messages");
    if (Boolean.TRUE.equals(counted.get("more"))) {
      return "more than %,d messages".formatted(messages);
    }
    return messages == 1 ? "1 message" : "%,d messages".formatted(messages);
  }

  /** What goes with a record when it is deleted, in words; empty when nothing does. */
  private String along(RecordType records, long id) {
    return records.takenAlong().stream()
        .map(user -> counted(user, records.noun() + "Id", id))
        .filter(counted -> !counted.isEmpty())
        .collect(Collectors.joining(" and "));
  }

  private String counted(RecordType type, String field, long id) {
    Object total =
        operations
            .ask(OperationRequest.of(type.list()).with(field, id).with("size", 1))
            .getOrDefault("total", 0);
    long count = ((Number) total).longValue();
    return count == 0 ? "" : "%d %s".formatted(count, count == 1 ? type.noun() : type.path());
  }
}
