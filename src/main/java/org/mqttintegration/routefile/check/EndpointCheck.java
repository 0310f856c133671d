package org.mqttintegration.routefile.check;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.catalog.EndpointValidationResult;
import org.jspecify.annotations.Nullable;

/** Compares endpoints with what Camel's catalog knows of their components. */
final class EndpointCheck {

  private static final String SERVICES = "META-INF/services/org/apache/camel/component/";

  private final ComponentCatalog catalog;
  private final Findings findings;

  EndpointCheck(ComponentCatalog catalog, Findings findings) {
    this.catalog = catalog;
    this.findings = findings;
  }

  void check(EndpointUse use) {
    String scheme = use.scheme();
    if (scheme == null) {
      return; // what the message or a placeholder decides, nobody can check
    }
    if (!catalog.isKnown(scheme)) {
      findings.add(
          use.at(),
          "There is no component %s%s"
              .formatted(scheme, Nearest.question(scheme, catalog.names())));
    } else if (!isInstalled(scheme)) {
      findings.add(
          use.at(),
          "The component %s is not part of this installation: its library camel-%s is missing."
              .formatted(scheme, scheme));
    } else if (catalog.hasOptions(scheme)) {
      checkOptions(use, scheme);
    }
  }

  /** Whether the library of a component is there. */
  static boolean isInstalled(String scheme) {
    return scheme.equals(ComponentCatalog.SIGNAL)
        || EndpointCheck.class.getClassLoader().getResource(SERVICES + scheme) != null;
  }

  private void checkOptions(EndpointUse use, String scheme) {
    Set<String> missing = use.uri().equals(scheme) ? catalog.missing(scheme, use) : Set.of();
    missing.forEach(
        name -> findings.add(use.at(), "%s needs the parameter %s.".formatted(scheme, name)));
    if (!missing.isEmpty()) {
      return;
    }
    EndpointValidationResult result = catalog.validate(uri(use, scheme), use.from());
    if (result.getSyntaxError() != null) {
      findings.add(use.at(), "The URI is not what %s expects.".formatted(scheme));
      return;
    }
    unknown(use, scheme, result);
    wrong(use, result.getInvalidBoolean(), "true or false");
    wrong(use, result.getInvalidInteger(), "a whole number");
    wrong(use, result.getInvalidNumber(), "a number");
    wrong(use, result.getInvalidDuration(), "a duration such as 10s or 5000");
    wrong(use, result.getInvalidReference(), "the name of a bean behind #");
    invalidEnums(use, result);
    for (String name : orEmpty(result.getRequired())) {
      findings.add(use.at(), "%s needs the parameter %s.".formatted(scheme, name));
    }
  }

  private void unknown(EndpointUse use, String scheme, EndpointValidationResult result) {
    for (String name : orEmpty(result.getUnknown())) {
      findings.add(
          use.where(name),
          "%s has no parameter %s%s"
              .formatted(scheme, name, Nearest.question(name, catalog.options(scheme))));
    }
    // such as http, which passes on what it does not know; hardly what is all but one of its own
    for (String name : orEmpty(result.getLenient())) {
      String meant = Nearest.typo(name, catalog.options(scheme));
      if (meant != null) {
        findings.add(
            use.where(name),
            "%s would pass the parameter %s on to its target; did you mean %s?"
                .formatted(scheme, name, meant));
      }
    }
    for (String name : orEmpty(result.getNotConsumerOnly())) {
      findings.add(use.where(name), "%s of %s is for to:, not for from:.".formatted(name, scheme));
    }
    for (String name : orEmpty(result.getNotProducerOnly())) {
      findings.add(use.where(name), "%s of %s is for from:, not for to:.".formatted(name, scheme));
    }
  }

  private void wrong(EndpointUse use, @Nullable Map<String, String> values, String expected) {
    if (values != null) {
      values
          .keySet()
          .forEach(name -> findings.add(use.where(name), "%s is %s.".formatted(name, expected)));
    }
  }

  private void invalidEnums(EndpointUse use, EndpointValidationResult result) {
    if (result.getInvalidEnum() != null) {
      result
          .getInvalidEnum()
          .keySet()
          .forEach(
              name ->
                  findings.add(
                      use.where(name),
                      "%s is one of %s."
                          .formatted(name, String.join(", ", result.getEnumChoices(name)))));
    }
  }

  private static Set<String> orEmpty(@Nullable Set<String> names) {
    return names == null ? Set.of() : names;
  }

  /** The endpoint as one URI; what the message decides is a placeholder to the catalog. */
  private String uri(EndpointUse use, String scheme) {
    Map<String, String> parameters = new HashMap<>();
    use.parameters().forEach((name, value) -> parameters.put(name, plain(value)));
    if (use.uri().equals(scheme)) {
      return catalog.uri(scheme, parameters);
    }
    StringBuilder uri = new StringBuilder(SimpleText.withoutFunctions(use.uri()));
    parameters.forEach(
        (name, value) ->
            uri.append(uri.indexOf("?") < 0 ? '?' : '&').append(name).append('=').append(value));
    return uri.toString();
  }

  /** The kind of value matters, and not what it says. */
  private static String plain(String value) {
    if (value.contains("{{") || value.contains("${")) {
      return "{{value}}";
    }
    return value.startsWith("#") ? value : URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
