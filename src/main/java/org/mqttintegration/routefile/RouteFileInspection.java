package org.mqttintegration.routefile;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.ComponentResolver;
import org.mqttintegration.routefile.check.Finding;
import org.mqttintegration.routefile.check.KnownNames;
import org.mqttintegration.routefile.check.Proposals;
import org.mqttintegration.routefile.check.RouteFileCheck;
import org.mqttintegration.routefile.check.RouteFileContent;
import org.mqttintegration.routefile.check.RouteFileContent.RouteLine;
import org.mqttintegration.routefile.check.RouteFileSettings;
import org.mqttintegration.routefile.check.RouteText;
import org.mqttintegration.routefile.check.Surroundings;

/** Judges files, each beside those that are there. */
final class RouteFileInspection {

  private final ModelCamelContext camel;
  private final RouteFileCheck check;
  private final DryRun dryRun;
  private final RouteSecrets secrets;
  private final Map<String, RouteFileState> running;
  private final Map<String, RouteFileState> files;

  /**
   * An inspection.
   *
   * @param files those that are there, by name, as they come and go
   */
  RouteFileInspection(
      ModelCamelContext camel,
      RouteFileSettings settings,
      RouteSecrets secrets,
      Map<String, RouteFileState> files) {
    this.camel = camel;
    this.check = new RouteFileCheck(settings);
    this.dryRun = new DryRun(camel, secrets, settings);
    this.secrets = secrets;
    this.running = files;
    this.files = files;
  }

  private RouteFileInspection(RouteFileInspection judge, Map<String, RouteFileState> files) {
    this.camel = judge.camel;
    this.check = judge.check;
    this.dryRun = judge.dryRun;
    this.secrets = judge.secrets;
    this.running = judge.running;
    this.files = files;
  }

  /** The same, as if this file ran, in place of the one of that name. */
  RouteFileInspection beside(RouteText file) {
    RouteFileContent content = apart(file);
    List<String> routes = content.routes().stream().map(RouteLine::id).toList();
    LoadedFile loaded =
        new LoadedFile(file, content, routes, List.of(), List.of(), Instant.now(), 0);
    Map<String, RouteFileState> then = new ConcurrentSkipListMap<>(files);
    then.put(file.name(), new RouteFileState(file, List.of(), content, loaded));
    return new RouteFileInspection(this, then);
  }

  /** The same, as if the files of these names were gone. */
  RouteFileInspection without(Collection<String> names) {
    Map<String, RouteFileState> then = new ConcurrentSkipListMap<>(files);
    then.keySet().removeAll(names);
    return new RouteFileInspection(this, then);
  }

  /** What is in a file, whatever is beside it. */
  RouteFileContent apart(RouteText file) {
    return check.check(file, Surroundings.none());
  }

  /** What is in a file, and what is wrong with it beside the others, as far as reading tells. */
  RouteFileContent read(RouteText file) {
    return check.check(file, surroundings(file.name()));
  }

  /** The same, with what is wrong when its routes are built. */
  RouteFileContent inspect(RouteText file) {
    RouteFileContent content = read(file);
    if (!content.isValid()) {
      return content;
    }
    return content.with(
        dryRun.run(file, content, libraries(file.name())).stream()
            .map(
                finding ->
                    new Finding(
                        finding.line(),
                        finding.column(),
                        String.valueOf(secrets.hide(finding.message()))))
            .toList());
  }

  /**
   * What may stand at a place of a file.
   *
   * @param line the line, from 1
   * @param column the column, from 1
   */
  Proposals complete(
      RouteText file, int line, int column, Collection<String> brokers, List<String> stored) {
    Surroundings beside = surroundings(file.name());
    Set<String> directs = new TreeSet<>(beside.directs());
    Set<String> templates = new TreeSet<>(beside.templates());
    RouteFileContent own = apart(file);
    directs.addAll(own.directs());
    templates.addAll(own.templates());
    return check.complete(
        file,
        line,
        column,
        new KnownNames(brokers, stored, templates, new TreeSet<>(beside.kamelets()), directs));
  }

  /** What a file may use of others: templates and kamelets, each behind those that it uses. */
  List<RouteText> libraries(String name) {
    List<RouteFileState> others =
        files.values().stream()
            .filter(state -> !state.file().name().equals(name))
            .filter(state -> state.visible().isLibrary())
            .toList();
    return UseOrder.of(others).stream()
        .filter(state -> state.loaded() != null)
        .map(state -> state.loaded().file())
        .toList();
  }

  /** A Camel context apart, for a file to run in with these components. */
  DefaultCamelContext scratch(ComponentResolver components) {
    return dryRun.scratch(components);
  }

  private Surroundings surroundings(String name) {
    Set<String> directs = new HashSet<>();
    Set<String> templates = new HashSet<>();
    Set<String> kamelets = new HashSet<>();
    for (RouteFileState state : files.values()) {
      if (!state.file().name().equals(name)) {
        directs.addAll(state.visible().directs());
        templates.addAll(state.visible().templates());
        kamelets.addAll(state.visible().kamelets());
      }
    }
    Set<String> others = routes(files.values(), name);
    return new Surroundings(
        id -> others.contains(id) || isOfApplication(id), directs, templates, kamelets);
  }

  private boolean isOfApplication(String id) {
    return camel.getRouteDefinition(id) != null && !routes(running.values(), "").contains(id);
  }

  /** The ids of what runs of files, but for the one of that name. */
  private static Set<String> routes(Collection<RouteFileState> files, String but) {
    return files.stream()
        .filter(state -> state.loaded() != null && !state.file().name().equals(but))
        .flatMap(state -> state.loaded().routeIds().stream())
        .collect(Collectors.toSet());
  }

  /** The endpoints that other files name. */
  Set<String> endpointsBeside(String name) {
    Set<String> endpoints = new HashSet<>();
    for (RouteFileState state : files.values()) {
      if (!state.file().name().equals(name) && state.loaded() != null) {
        endpoints.addAll(state.loaded().content().endpoints());
      }
    }
    return endpoints;
  }
}
