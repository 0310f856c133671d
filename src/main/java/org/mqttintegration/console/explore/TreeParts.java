package org.mqttintegration.console.explore;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Parts of the tree; they are posted for, since a topic may be longer than an address. */
@Controller
class TreeParts {

  /** One screen shows no more levels; what else is open is asked for when it is scrolled to. */
  private static final int MOST_LEVELS = 40;

  private final TopicTree tree;

  TreeParts(TopicTree tree) {
    this.tree = tree;
  }

  /** A page of a level that was opened. */
  @PostMapping(TopicAddress.EXPLORE + "/level")
  String level(
      @RequestParam long brokerId,
      @RequestParam(defaultValue = "") String under,
      @RequestParam(defaultValue = "") String contains,
      @RequestParam(required = false) @Nullable String cursor,
      Model model) {
    model.addAttribute("brokerId", brokerId);
    model.addAttribute("contains", contains.strip());
    model.addAttribute("level", tree.level(brokerId, under, text(contains), cursor));
    return "console/explore/tree :: level";
  }

  /** What changed in the levels that can be seen, each since it was asked for last. */
  @PostMapping(TopicAddress.EXPLORE + "/changes")
  String changes(
      @RequestParam long brokerId,
      @RequestParam(defaultValue = "") String contains,
      @RequestParam(defaultValue = "") List<Long> since,
      @RequestParam MultiValueMap<String, String> sent,
      Model model) {
    List<String> unders = sent.getOrDefault("under", List.of());
    List<String> untils = sent.getOrDefault("until", List.of());
    int most = Math.min(unders.size(), Math.min(untils.size(), since.size()));
    List<TreeLevel> levels = new ArrayList<>();
    for (int i = 0; i < Math.min(most, MOST_LEVELS); i++) {
      levels.add(
          tree.changes(brokerId, unders.get(i), text(contains), untils.get(i), since.get(i)));
    }
    model.addAttribute("brokerId", brokerId);
    model.addAttribute("contains", contains.strip());
    model.addAttribute("levels", levels);
    return "console/explore/tree :: changes";
  }

  private static @Nullable String text(String typed) {
    return typed.isBlank() ? null : typed.strip();
  }
}
