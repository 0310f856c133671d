package org.mqttintegration.console.administration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mqttintegration.access.Role;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.Answers;
import org.mqttintegration.console.record.References;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who may do what, the settings in force, and what runs here. */
@Controller
@RequestMapping(AccountPages.BASE)
class InstallationPages {

  private final Operations operations;

  InstallationPages(Operations operations) {
    this.operations = operations;
  }

  @GetMapping("/roles")
  String roles(Model model) {
    model.addAttribute("account", operations.ask(OperationRequest.of("getOwnAccount")));
    model.addAttribute("roles", Role.values());
    model.addAttribute("offered", operations.offered());
    return "console/administration/roles";
  }

  @GetMapping("/settings")
  String settings(@RequestParam(defaultValue = "") String name, Model model) {
    Map<String, List<Map<String, Object>>> groups = new LinkedHashMap<>();
    for (Map<String, Object> setting :
        Answers.items(operations.ask(OperationRequest.of("listSettings")))) {
      if (has(setting, name.strip().toLowerCase(Locale.ROOT))) {
        groups
            .computeIfAbsent(group(String.valueOf(setting.get("name"))), g -> new ArrayList<>())
            .add(setting);
      }
    }
    model.addAttribute("groups", groups);
    model.addAttribute("name", name);
    return "console/administration/settings";
  }

  private static boolean has(Map<String, Object> setting, String text) {
    return (setting.get("name") + " " + setting.get("description"))
        .toLowerCase(Locale.ROOT)
        .contains(text);
  }

  /**
   * The first two words of a name, as in {@code mqtt-integration.history}; one where it has two.
   */
  private static String group(String name) {
    return name.matches("[^.]+\\.[^.]+")
        ? name.replaceAll("\\..*", "")
        : name.replaceAll("^([^.]+\\.[^.]+).*", "$1");
  }

  @GetMapping("/nodes")
  String nodes(Model model) {
    model.addAttribute("nodes", Answers.items(operations.ask(OperationRequest.of("listNodes"))));
    model.addAttribute("references", new References(operations));
    return "console/administration/nodes";
  }

  @GetMapping("/about")
  String about(Model model) {
    Map<String, Object> about = operations.ask(OperationRequest.of("getAbout"));
    model.addAttribute("about", about);
    model.addAttribute(
        "uptime",
        words(
            Duration.between(
                Instant.parse(String.valueOf(about.get("startedAt"))), Instant.now())));
    return "console/administration/about";
  }

  private static String words(Duration uptime) {
    return uptime.toDays() > 0
        ? "%d days %d hours".formatted(uptime.toDays(), uptime.toHoursPart())
        : uptime.toHours() > 0
            ? "%d hours %d minutes".formatted(uptime.toHours(), uptime.toMinutesPart())
            : "%d minutes".formatted(uptime.toMinutes());
  }
}
