package org.mqttintegration.routefile.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.routefile.check.RouteFileContent.StepLine;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/**
 * Finds what is wrong with a route file, without running anything of it: YAML, structure, options
 * of endpoints, the application's rules, and those of the strict mode.
 */
public final class RouteFileCheck {

  private final CamelSchema schema = CamelSchema.load();
  private final ComponentCatalog catalog = new ComponentCatalog();
  private final @Nullable Allowed allowed;
  private final SettingNames names;

  public RouteFileCheck(RouteFileSettings settings) {
    this.names = new SettingNames(settings.strict().environmentPrefix());
    this.allowed = settings.strict().enabled() ? new Allowed(settings) : null;
  }

  /**
   * What may stand at a place of a file.
   *
   * @param line the line, from 1
   * @param column the column, from 1
   */
  public Proposals complete(RouteText file, int line, int column, KnownNames known) {
    CursorPlace place = CursorPlace.of(file.text(), line - 1, column - 1);
    return new Completion(schema, catalog, allowed, known).at(place);
  }

  /** Checks a file by what it says and what it stands beside. */
  public RouteFileContent check(RouteText file, Surroundings surroundings) {
    Findings findings = new Findings();
    Node root = YamlText.read(file.text(), findings);
    if (root == null) {
      return RouteFileContent.unreadable(findings.list());
    }
    if (!file.isKamelet()) {
      List<Place> places = new ShapeCheck(findings).check(root, schema);
      return judge(root, places, surroundings, findings);
    }
    KameletFile kamelet = new KameletFile(root);
    NodeTuple template = kamelet.template();
    if (!kamelet.check(file.stem(), findings) || template == null) {
      return RouteFileContent.unreadable(findings.list());
    }
    if (allowed != null) {
      kamelet.checkDefaults(findings);
    }
    List<Place> places = new ShapeCheck(findings).checkTemplate(template, schema);
    return judge(root, places, surroundings, findings).asKamelet(file.stem());
  }

  private RouteFileContent judge(
      Node root, List<Place> places, Surroundings surroundings, Findings findings) {
    FileRules rules = new FileRules(surroundings, findings);
    rules.check(places);
    List<EndpointUse> endpoints = EndpointUse.of(places, names);
    EndpointCheck options = new EndpointCheck(catalog, findings);
    endpoints.forEach(options::check);
    Set<String> directs = directs(endpoints);
    if (allowed != null) {
      Set<String> templates = union(rules.templates(), surroundings.templates());
      new StrictCheck(allowed, findings, surroundings).check(places, templates);
      new StrictText(allowed, findings).check(root);
      new StrictEndpoints(
              allowed,
              findings,
              catalog.names(),
              union(directs, surroundings.directs()),
              surroundings)
          .check(endpoints);
    }
    return new RouteFileContent(
        findings.list(),
        rules.routes(),
        rules.templates(),
        Set.of(),
        directs,
        named(endpoints),
        computed(endpoints),
        steps(places),
        secretOptions(endpoints));
  }

  private static Set<String> secretOptions(List<EndpointUse> endpoints) {
    Set<String> names = new HashSet<>();
    for (EndpointUse use : endpoints) {
      StrictEndpoints.options(use)
          .forEach(
              (name, value) -> {
                if (value.contains("{{secret:") && !name.isEmpty()) {
                  names.add(name);
                }
              });
    }
    return names;
  }

  private static List<StepLine> steps(List<Place> places) {
    List<StepLine> steps = new ArrayList<>();
    for (Place place : places) {
      if (place.isStep()) {
        place
            .at()
            .getStartMark()
            .ifPresent(
                mark ->
                    steps.add(new StepLine(place.key(), mark.getLine() + 1, mark.getColumn() + 1)));
      }
    }
    return steps;
  }

  private static Set<String> directs(List<EndpointUse> endpoints) {
    Set<String> names = new HashSet<>();
    for (EndpointUse use : endpoints) {
      if (use.from() && StrictEndpoints.isInner(use)) {
        names.add(StrictEndpoints.innerName(use));
      }
    }
    return names;
  }

  private Set<String> named(List<EndpointUse> endpoints) {
    Set<String> names = new HashSet<>();
    for (EndpointUse use : endpoints) {
      String scheme = use.scheme();
      if (scheme != null) {
        boolean bare = use.uri().equals(scheme) && catalog.isKnown(scheme);
        names.add(RouteFileContent.named(bare ? catalog.uri(scheme, use.parameters()) : use.uri()));
      }
    }
    return names;
  }

  private static Set<String> computed(List<EndpointUse> endpoints) {
    Set<String> begins = new HashSet<>();
    for (EndpointUse use : endpoints) {
      String scheme = use.scheme();
      int function = use.path().indexOf("${");
      if (scheme != null && function >= 0) {
        begins.add(scheme + "://" + use.path().substring(0, function).replaceFirst("^/+", ""));
      }
    }
    return begins;
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }
}
