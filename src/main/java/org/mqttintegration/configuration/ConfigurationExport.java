package org.mqttintegration.configuration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mqttintegration.routefile.RouteFileDelivery;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Writes what is configured as a document. */
@Service
class ConfigurationExport {

  private static final Pattern NAMED =
      Pattern.compile("\\{\\{\\s*\\??secret:([\\w.-]+)|" + SecretReferences.REFERENCE.pattern());

  private final List<Section> sections;
  private final RouteFileDelivery routeFiles;
  private final ItemFields fields;

  ConfigurationExport(List<Section> sections, RouteFileDelivery routeFiles, ItemFields fields) {
    this.sections = sections;
    this.routeFiles = routeFiles;
    this.fields = fields;
  }

  /** All of it, as of one moment. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public String text() {
    Map<String, List<ObjectNode>> all = new LinkedHashMap<>();
    for (Section section : sections) {
      all.put(
          section.name(),
          section.stored().stream().filter(item -> !item.over()).map(StoredItem::fields).toList());
    }
    all.put(
        ConfigurationDocument.ROUTE_FILES,
        routeFiles.stored().stream()
            .map(file -> fields.none().put("name", file.name()).put("content", file.text()))
            .toList());
    ConfigurationDocument document = new ConfigurationDocument(all);
    return document.text(comment(document.text(List.of())));
  }

  private static List<String> comment(String text) {
    List<String> lines = new ArrayList<>();
    lines.add("Configuration of MQTT Integration. POST /api/v1/import takes it.");
    Set<String> names = new TreeSet<>();
    Matcher named = NAMED.matcher(text);
    while (named.find()) {
      names.add(named.group(1) == null ? named.group(2) : named.group(1));
    }
    if (!names.isEmpty()) {
      lines.add("Secrets that it names, to be given with PUT /api/v1/secrets/{name}:");
      names.forEach(name -> lines.add("- " + name));
    }
    return lines;
  }
}
