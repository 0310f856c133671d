package org.mqttintegration.routefile.check;

import static org.mqttintegration.routefile.check.Proposal.Kind.KEY;
import static org.mqttintegration.routefile.check.Proposal.Kind.NAME;
import static org.mqttintegration.routefile.check.Proposal.Kind.VALUE;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.routefile.check.Allowed.Kind;
import org.mqttintegration.routefile.check.Outline.Step;

/** Proposes what may stand at a place of a route file, and only what the file may have there. */
final class Completion {

  private static final int MOST = 200;

  private static final Pattern SECRET = Pattern.compile("\\{\\{secret:([\\w.-]*)$");
  private static final Pattern HEADER = Pattern.compile("\\$\\{header[.]([\\w-]*)$");

  private static final String PARAMETERS = "parameters";
  private static final String URI = "uri";

  private final CamelSchema schema;
  private final ComponentCatalog catalog;
  private final @Nullable Allowed allowed;
  private final KnownNames known;
  private final EndpointProposals endpoints;

  Completion(
      CamelSchema schema, ComponentCatalog catalog, @Nullable Allowed allowed, KnownNames known) {
    this.schema = schema;
    this.catalog = catalog;
    this.allowed = allowed;
    this.known = known;
    this.endpoints = new EndpointProposals(catalog, allowed, known);
  }

  Proposals at(CursorPlace place) {
    Matcher secret = SECRET.matcher(place.typed());
    if (secret.find()) {
      return names(known.secrets(), secret.group(1), place.column() + secret.start(1), "}}");
    }
    Matcher header = HEADER.matcher(place.typed());
    if (header.find()) {
      return names(
          catalog.messageHeaders(), header.group(1), place.column() + header.start(1), "}");
    }
    return switch (place.kind()) {
      case TEXT -> Proposals.NONE;
      case KEY -> keys(place);
      case VALUE -> values(place);
    };
  }

  private static Proposals names(
      Collection<String> names, String typed, int column, String ending) {
    return proposals(typed, column, names.stream().map(name -> Proposal.of(name + ending, NAME)));
  }

  private Proposals keys(CursorPlace place) {
    Step last = place.path().isEmpty() ? null : place.path().get(place.path().size() - 1);
    Stream<Proposal> proposals;
    if (last != null && PARAMETERS.equals(last.key()) && scheme(place, last) != null) {
      proposals = endpoints.parameters(scheme(place, last));
    } else {
      Shape shape = shape(place.path());
      Shape item = shape == null ? null : shape.item();
      proposals =
          shape == null
              ? Stream.empty()
              : item != null && shape.keys().isEmpty() ? keys(item, "- ") : keys(shape, "");
    }
    return proposals(place.typed(), place.column(), proposals);
  }

  private Stream<Proposal> keys(Shape shape, String before) {
    return shape.keys().stream()
        .filter(key -> isAllowed(shape, key))
        .map(
            key ->
                new Proposal(
                    before + key + (isBlock(shape, key) ? ":" : ": "),
                    KEY,
                    catalog.descriptionOfKey(key)));
  }

  private static boolean isBlock(Shape shape, String key) {
    Shape child = shape.child(key);
    return child != null && !child.isScalar();
  }

  private boolean isAllowed(Shape shape, String key) {
    Shape child = shape.child(key);
    if (allowed == null || child == null) {
      return true;
    }
    if (shape.is("ProcessorDefinition")) {
      return allowed.has(Kind.STEP, key);
    }
    if (child.isBelow("language")) {
      return allowed.has(Kind.LANGUAGE, key);
    }
    return !child.isBelow("dataformat")
        || key.equals("dataFormats")
        || allowed.has(Kind.DATA_FORMAT, key);
  }

  private Proposals values(CursorPlace place) {
    String key = Objects.requireNonNull(place.key());
    Shape shape = shape(place.path());
    if (key.equals(URI) || shape != null && shape.child(URI) != null) {
      return endpoints.uri(place, key.equals("from") || "from".equals(place.parent()));
    }
    return proposals(place.typed(), place.column(), values(place, key, shape));
  }

  private Stream<Proposal> values(CursorPlace place, String key, @Nullable Shape shape) {
    List<Step> around = place.without(1);
    Step block = around.isEmpty() ? null : around.get(around.size() - 1);
    if (block != null && PARAMETERS.equals(block.key())) {
      String scheme = scheme(place, block);
      return scheme == null ? Stream.empty() : endpoints.values(scheme, key);
    }
    if (key.equals("routeTemplateRef")) {
      return known.templates().stream().map(name -> Proposal.of(name, NAME));
    }
    if (key.equals("name") && "setHeader".equals(place.parent())) {
      return catalog.messageHeaders().stream().map(name -> Proposal.of(name, NAME));
    }
    if (shape == null) {
      return Stream.empty();
    }
    Stream<String> choices =
        shape.choices().isEmpty() && shape.isBoolean()
            ? Stream.of("true", "false")
            : shape.choices().stream().sorted();
    return choices.map(choice -> Proposal.of(choice, VALUE));
  }

  /** The component whose parameters a block has, null when its URI does not say. */
  private @Nullable String scheme(CursorPlace place, Step parameters) {
    String uri = place.beside(parameters, URI);
    return uri == null ? null : EndpointProposals.scheme(uri);
  }

  private @Nullable Shape shape(List<Step> path) {
    Shape shape = schema.file();
    for (Step step : withoutKamelet(path)) {
      String key = step.key();
      shape = shape == null ? null : key == null ? shape.item() : shape.child(key);
    }
    return shape;
  }

  /** The template of a kamelet is what a route template of a file is. */
  private static List<Step> withoutKamelet(List<Step> path) {
    if (path.size() < 2 || !"spec".equals(path.get(0).key())) {
      return path;
    }
    return Stream.concat(
            Stream.of(new Step(null, 0, 0), new Step("routeTemplate", 0, 0)),
            path.subList(2, path.size()).stream())
        .toList();
  }

  /** Those that go on from what is typed, then those that have it in them. */
  static Proposals proposals(String typed, int column, Stream<Proposal> all) {
    String wanted = typed.toLowerCase(Locale.ROOT).strip();
    List<Proposal> items =
        all.filter(proposal -> word(proposal).contains(wanted) || wanted.equals("-"))
            .sorted(Comparator.comparing(proposal -> !word(proposal).startsWith(wanted)))
            .limit(MOST)
            .toList();
    return new Proposals(column + 1, items);
  }

  private static String word(Proposal proposal) {
    return proposal.text().toLowerCase(Locale.ROOT).replaceFirst("^- ", "");
  }
}
