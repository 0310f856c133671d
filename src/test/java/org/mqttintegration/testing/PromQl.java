package org.mqttintegration.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which metrics an expression of Prometheus uses, and which labels of each. */
public final class PromQl {

  private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
  private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*]");
  private static final Pattern LABELS =
      Pattern.compile("\\b(by|on|without|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
  private static final Pattern METRIC =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{([^}]*)})?(\\s*\\()?");
  private static final Set<String> WORDS =
      Set.of("and", "or", "unless", "bool", "offset", "by", "on", "group_left");

  private PromQl() {}

  /** The labels that selectors ask of each metric, by the metric. */
  public static Map<String, Set<String>> metrics(String expression) {
    String text = STRING.matcher(expression).replaceAll("");
    text = RANGE.matcher(text).replaceAll("");
    text = LABELS.matcher(text).replaceAll(" ");
    Map<String, Set<String>> metrics = new TreeMap<>();
    Matcher found = METRIC.matcher(text);
    while (found.find()) {
      boolean function = found.group(4) != null;
      if (!function && !WORDS.contains(found.group(1))) {
        Set<String> labels = metrics.computeIfAbsent(found.group(1), name -> new TreeSet<>());
        labels.addAll(names(found.group(3)));
      }
    }
    return metrics;
  }

  /** The labels that an expression groups and joins by. */
  public static Set<String> grouping(String expression) {
    Set<String> labels = new TreeSet<>();
    Matcher found = LABELS.matcher(expression);
    while (found.find()) {
      labels.addAll(names(found.group(2)));
    }
    return labels;
  }

  private static List<String> names(String list) {
    List<String> names = new ArrayList<>();
    if (list != null) {
      for (String part : list.split(",", -1)) {
        String name = part.strip().replaceAll("\\W.*$", "");
        if (!name.isEmpty()) {
          names.add(name);
        }
      }
    }
    return names;
  }
}
