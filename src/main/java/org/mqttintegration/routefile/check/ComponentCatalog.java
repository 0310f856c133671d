package org.mqttintegration.routefile.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.EipModel;
import org.apache.camel.tooling.model.LanguageModel;
import org.jspecify.annotations.Nullable;

/** What is known of the options of components: Camel's catalog, and {@code signal}. */
final class ComponentCatalog {

  static final String SIGNAL = "signal";

  private static final String SIGNAL_OPTIONS = "/META-INF/org/mqttintegration/bridge/signal.json";

  private final CamelCatalog catalog = new DefaultCamelCatalog(true);
  private final Set<String> names;

  ComponentCatalog() {
    addSignal();
    names = new HashSet<>(catalog.findComponentNames());
    names.add(SIGNAL);
  }

  private void addSignal() {
    try (InputStream stream = ComponentCatalog.class.getResourceAsStream(SIGNAL_OPTIONS)) {
      if (stream != null) {
        String json = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        catalog.addComponent(SIGNAL, "org.mqttintegration.bridge.SignalComponent", json);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> names() {
    return names;
  }

  boolean isKnown(String scheme) {
    return names.contains(scheme);
  }

  boolean hasOptions(String scheme) {
    return catalog.componentModel(scheme) != null;
  }

  /** The names of the options of a component's endpoints. */
  Set<String> options(String scheme) {
    ComponentModel model = catalog.componentModel(scheme);
    return Stream.concat(
            model.getEndpointOptions().stream(), model.getEndpointPathOptions().stream())
        .map(BaseOptionModel::getName)
        .collect(Collectors.toSet());
  }

  /** The options of a component's endpoints, those of the path first; none when it is unknown. */
  List<BaseOptionModel> endpointOptions(String scheme) {
    ComponentModel model = catalog.componentModel(scheme);
    return model == null
        ? List.of()
        : Stream.<BaseOptionModel>concat(
                model.getEndpointPathOptions().stream(), model.getEndpointOptions().stream())
            .toList();
  }

  /** The headers that messages of brokers come with, or may be given. */
  List<String> messageHeaders() {
    return catalog.componentModel(SIGNAL).getEndpointHeaders().stream()
        .map(BaseOptionModel::getName)
        .sorted()
        .toList();
  }

  /** What a component is for, null when that is unknown. */
  @Nullable String description(String scheme) {
    ComponentModel model = catalog.componentModel(scheme);
    return model == null ? null : model.getDescription();
  }

  /** What a step or a language is for, null when that is unknown. */
  @Nullable String descriptionOfKey(String key) {
    EipModel step = catalog.eipModel(key);
    if (step != null) {
      return step.getDescription();
    }
    LanguageModel language = catalog.languageModel(key);
    return language == null ? null : language.getDescription();
  }

  /** The options that the path of a URI needs and that nobody gives. */
  Set<String> missing(String scheme, EndpointUse use) {
    return catalog.componentModel(scheme).getEndpointPathOptions().stream()
        .filter(BaseOptionModel::isRequired)
        .filter(option -> option.getDefaultValue() == null)
        .map(BaseOptionModel::getName)
        .filter(name -> use.parameters().getOrDefault(name, "").isEmpty())
        .collect(Collectors.toSet());
  }

  /** Makes a URI of options. */
  String uri(String scheme, Map<String, String> options) {
    try {
      return catalog.asEndpointUri(scheme, options, false);
    } catch (Exception e) {
      return scheme;
    }
  }

  EndpointValidationResult validate(String uri, boolean from) {
    return catalog.validateEndpointProperties(uri, false, from, !from);
  }
}
