package org.mqttintegration.routefile.check;

import static org.mqttintegration.routefile.check.Proposal.Kind.COMPONENT;
import static org.mqttintegration.routefile.check.Proposal.Kind.NAME;
import static org.mqttintegration.routefile.check.Proposal.Kind.PARAMETER;
import static org.mqttintegration.routefile.check.Proposal.Kind.VALUE;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.routefile.check.Allowed.Kind;

/** Proposes what endpoints are made of: components, their parameters, and the values of these. */
final class EndpointProposals {

  private final ComponentCatalog catalog;
  private final @Nullable Allowed allowed;
  private final KnownNames known;

  EndpointProposals(ComponentCatalog catalog, @Nullable Allowed allowed, KnownNames known) {
    this.catalog = catalog;
    this.allowed = allowed;
    this.known = known;
  }

  /** The scheme of a URI, null when it does not say one. */
  static @Nullable String scheme(String uri) {
    String scheme = uri.replaceFirst("[:?].*", "");
    return scheme.matches("[a-zA-Z][a-zA-Z0-9+.-]*") ? scheme : null;
  }

  /** What may stand in a URI, as far as that is typed. */
  Proposals uri(CursorPlace place, boolean from) {
    String typed = place.typed();
    int query = typed.indexOf('?');
    int colon = typed.indexOf(':');
    if (query >= 0) {
      return query(typed, place.column());
    }
    if (colon >= 0) {
      return Completion.proposals(
          typed.substring(colon + 1),
          place.column() + colon + 1,
          paths(typed.substring(0, colon), from));
    }
    return Completion.proposals(typed, place.column(), components(from));
  }

  private Proposals query(String typed, int column) {
    String scheme = scheme(typed);
    int begin = Math.max(typed.lastIndexOf('?'), typed.lastIndexOf('&')) + 1;
    int equals = typed.indexOf('=', begin);
    if (scheme == null) {
      return Proposals.NONE;
    }
    return equals < 0
        ? Completion.proposals(
            typed.substring(begin),
            column + begin,
            options(scheme).map(option -> parameter(option, "=")))
        : Completion.proposals(
            typed.substring(equals + 1),
            column + equals + 1,
            values(scheme, typed.substring(begin, equals)));
  }

  private Stream<Proposal> components(boolean from) {
    Stream<Proposal> signal =
        Stream.of(
            new Proposal(
                from ? "signal:receive" : "signal:send",
                COMPONENT,
                from
                    ? "The messages that a broker sent, from the history"
                    : "Sends a message to a broker"));
    return Stream.concat(
        signal,
        catalog.names().stream()
            .filter(name -> !name.equals(ComponentCatalog.SIGNAL))
            .filter(name -> allowed == null || allowed.has(Kind.COMPONENT, name))
            .filter(EndpointCheck::isInstalled)
            .sorted()
            .map(name -> new Proposal(name, COMPONENT, catalog.description(name))));
  }

  private Stream<Proposal> paths(String scheme, boolean from) {
    Collection<String> names =
        switch (scheme) {
          case ComponentCatalog.SIGNAL -> List.of(from ? "receive" : "send");
          case "direct", "seda" -> from ? List.of() : known.directs();
          case "kamelet" -> known.kamelets();
          default -> List.of();
        };
    return names.stream().map(name -> Proposal.of(name, NAME));
  }

  /** The parameters of a component's endpoints. */
  Stream<Proposal> parameters(@Nullable String scheme) {
    return scheme == null ? Stream.empty() : options(scheme).map(option -> parameter(option, ": "));
  }

  private static Proposal parameter(BaseOptionModel option, String ending) {
    return new Proposal(option.getName() + ending, PARAMETER, option.getDescription());
  }

  /** The values that a parameter may have, as far as they are known. */
  Stream<Proposal> values(String scheme, String parameter) {
    if (scheme.equals(ComponentCatalog.SIGNAL) && parameter.equals("broker")) {
      return known.brokers().stream().map(name -> Proposal.of(name, NAME));
    }
    return options(scheme)
        .filter(option -> option.getName().equals(parameter))
        .flatMap(EndpointProposals::values)
        .map(value -> Proposal.of(value, VALUE));
  }

  private static Stream<String> values(BaseOptionModel option) {
    if (option.getEnums() != null && !option.getEnums().isEmpty()) {
      return option.getEnums().stream();
    }
    return "boolean".equals(option.getType()) ? Stream.of("true", "false") : Stream.empty();
  }

  /** What needs a class or a bean is nothing that a file can give. */
  private Stream<BaseOptionModel> options(String scheme) {
    return catalog.endpointOptions(scheme).stream()
        .filter(option -> !option.isDeprecated())
        .filter(option -> !"object".equals(option.getType()) || option.isRequired());
  }
}
