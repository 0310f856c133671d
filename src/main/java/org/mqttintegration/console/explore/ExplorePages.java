package org.mqttintegration.console.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.form.Choice;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** The page, and its side of one topic. */
@Controller
class ExplorePages {

  private static final int MOST_BROKERS = 200;

  /** What htmx asks for alone, by the ids of these parts. */
  private static final List<String> PARTS = List.of("topic", "message");

  private final Operations operations;
  private final TopicTree tree;
  private final TopicPanel panel;

  ExplorePages(Operations operations, TopicTree tree, TopicPanel panel) {
    this.operations = operations;
    this.tree = tree;
    this.panel = panel;
  }

  /**
   * What an address names.
   *
   * @param of a message of the topic, where that is too long to be named
   */
  record Address(
      @Nullable Long brokerId,
      @Nullable String topic,
      @Nullable Long of,
      @Nullable Long message,
      @Nullable String view) {}

  /** The page, or the part of it that htmx asks for. */
  @GetMapping(TopicAddress.EXPLORE)
  String show(
      Address address,
      @RequestParam(defaultValue = "") String contains,
      @RequestHeader(name = "HX-Target", required = false) @Nullable String target,
      Model model) {
    List<Choice> brokers = brokers(address.brokerId());
    model.addAttribute("brokers", brokers);
    model.addAttribute("contains", contains.strip());
    if (brokers.isEmpty()) {
      return "console/explore/explore";
    }
    long broker =
        address.brokerId() == null ? Long.parseLong(brokers.get(0).value()) : address.brokerId();
    model.addAttribute("brokerId", broker);
    String topic = topic(address);
    if (topic != null) {
      addTopic(model, broker, topic, address);
    }
    if (topic != null && target != null && PARTS.contains(target)) {
      return "console/explore/topic :: " + target;
    }
    model.addAttribute(
        "level",
        contains.isBlank()
            ? tree.openTo(broker, topic == null ? "" : topic)
            : tree.level(broker, "", contains.strip(), null));
    return "console/explore/explore";
  }

  /** The topic that an address names, null when it names none. */
  private @Nullable String topic(Address address) {
    return address.of() == null ? address.topic() : panel.topicOf(address.of());
  }

  private void addTopic(Model model, long broker, String topic, Address address) {
    model.addAttribute("brokerId", broker);
    model.addAttribute("topic", topic);
    panel.addTo(model, new Wanted(broker, topic, address.message(), address.view(), address.of()));
  }

  /** All brokers, and one that is not there any more and whose history is looked at. */
  private List<Choice> brokers(@Nullable Long wanted) {
    List<Choice> brokers = new ArrayList<>();
    TopicTree.items(
            operations.ask(
                OperationRequest.of("listBrokers").with("size", MOST_BROKERS).with("sort", "name")))
        .forEach(
            broker ->
                brokers.add(
                    new Choice(
                        String.valueOf(broker.get("id")), String.valueOf(broker.get("name")))));
    String id = String.valueOf(wanted);
    if (wanted != null && brokers.stream().noneMatch(broker -> broker.value().equals(id))) {
      brokers.add(new Choice(id, "no " + id));
    }
    return brokers;
  }

  /** The message and the last ones, when there is a newer one than the page knows. */
  @GetMapping(TopicAddress.EXPLORE + "/message")
  Object message(Address address, @RequestParam long newest, Model model) {
    long broker = address.brokerId() == null ? 0 : address.brokerId();
    String topic = topic(address);
    if (topic == null || panel.newest(broker, topic) == newest) {
      return ResponseEntity.noContent().build();
    }
    addTopic(model, broker, topic, address);
    return "console/explore/topic :: message";
  }

  /** The columns of a plot, as the contract has them. */
  @GetMapping(path = TopicAddress.EXPLORE + "/series", produces = "application/json")
  @ResponseBody
  Map<String, Object> series(
      @RequestParam(required = false) @Nullable Long of, @RequestParam Map<String, String> query) {
    OperationRequest request = OperationRequest.of("getHistorySeries");
    operations
        .queryFields("getHistorySeries")
        .forEach(field -> request.with(field.name(), query.get(field.name())));
    return operations.ask(of == null ? request : request.with("topic", panel.topicOf(of)));
  }
}
