package org.mqttintegration.console.overview;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.ConsolePaths;
import org.mqttintegration.console.live.Rates;
import org.mqttintegration.console.record.References;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** How things stand: brokers, rates, what waits, what fails, and what is to do. */
@Controller
class OverviewPage {

  private static final int MOST = 200;
  private static final int GAPS = 20;

  private final Operations operations;
  private final Rates rates;
  private final MeterRegistry meters;

  OverviewPage(Operations operations, Rates rates, MeterRegistry meters) {
    this.operations = operations;
    this.rates = rates;
    this.meters = meters;
  }

  @GetMapping({"/", ConsolePaths.BASE})
  String start() {
    return "redirect:" + ConsolePaths.BASE + "/";
  }

  @GetMapping(ConsolePaths.BASE + "/")
  String show(Model model) {
    rates(model);
    standing(model);
    return "console/overview/overview";
  }

  /** What changes with every message; it asks nothing of the database. */
  @GetMapping(ConsolePaths.BASE + "/overview/rates")
  String rates(Model model) {
    model.addAttribute("received", rates.of(Rates.Counted.RECEIVED));
    model.addAttribute("sent", rates.of(Rates.Counted.SENT));
    model.addAttribute("dropped", rates.of(Rates.Counted.DROPPED));
    model.addAttribute("waiting", gauge("mqtt.sends.waiting"));
    model.addAttribute("oldest", gauge("mqtt.sends.oldest"));
    return "console/overview/overview :: rates";
  }

  /** What changes now and then. */
  @GetMapping(ConsolePaths.BASE + "/overview/standing")
  String standing(Model model) {
    model.addAttribute("brokers", ask(OperationRequest.of("listBrokers").with("size", MOST)));
    model.addAttribute("references", new References(operations));
    model.addAttribute(
        "gaps", items(OperationRequest.of("listGaps").with("open", true).with("size", GAPS)));
    model.addAttribute("routes", items(OperationRequest.of("listRoutes")));
    model.addAttribute("files", items(OperationRequest.of("listRouteFiles")));
    model.addAttribute(
        "deadLetters", items(OperationRequest.of("listDeadLetters").with("limit", MOST)).size());
    model.addAttribute("most", MOST);
    model.addAttribute("activities", items(OperationRequest.of("listActivities")));
    return "console/overview/overview :: standing";
  }

  private Map<String, Object> ask(OperationRequest request) {
    return operations.ask(request);
  }

  private List<?> items(OperationRequest request) {
    return (List<?>) ask(request).getOrDefault("items", List.of());
  }

  private long gauge(String name) {
    Gauge gauge = meters.find(name).gauge();
    double value = gauge == null ? 0 : gauge.value();
    return Double.isFinite(value) ? (long) value : 0;
  }
}
