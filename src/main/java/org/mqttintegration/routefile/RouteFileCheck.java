package org.mqttintegration.routefile;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.routefile.RouteFileSettings.Strict;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Finds what is wrong with a route file, without running anything of it: YAML, structure, options
 * of endpoints, the application's rules, and those of the strict mode.
 */
final class RouteFileCheck {

  private final CamelSchema schema = CamelSchema.load();
  private final ComponentCatalog catalog = new ComponentCatalog();
  private final @Nullable Allowed allowed;

  RouteFileCheck(Strict strict) {
    this.allowed = strict.enabled() ? new Allowed(strict) : null;
  }

  RouteFileContent check(String text, Surroundings surroundings) {
    Findings findings = new Findings();
    Node root = YamlText.read(text, findings);
    if (root == null) {
      return new RouteFileContent(findings.list(), List.of(), Set.of(), Set.of());
    }
    List<Place> places = new ShapeCheck(findings).check(root, schema);
    FileRules rules = new FileRules(surroundings, findings);
    rules.check(places);
    List<EndpointUse> endpoints = EndpointUse.of(places);
    EndpointCheck options = new EndpointCheck(catalog, findings);
    endpoints.forEach(options::check);
    Set<String> directs = directs(endpoints);
    if (allowed != null) {
      Set<String> templates = union(rules.templates(), surroundings.templates());
      new StrictCheck(allowed, findings, surroundings).check(places, templates);
      new StrictText(allowed, findings).check(root);
      new StrictEndpoints(allowed, findings, catalog.names(), union(directs, surroundings.directs()), surroundings)
          .check(endpoints);
    }
    return new RouteFileContent(findings.list(), rules.routes(), rules.templates(), directs);
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

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }
}
