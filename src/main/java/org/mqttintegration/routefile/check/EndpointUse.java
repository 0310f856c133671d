package org.mqttintegration.routefile.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.StringHelper;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/**
 * An endpoint as a file writes it: {@code uri}, and perhaps {@code parameters}.
 *
 * @param at where the URI is
 * @param uri the URI without the block of parameters
 * @param parameters the block of parameters, in the order and as written
 * @param keys where each parameter is
 * @param from whether a route begins there
 */
record EndpointUse(
    Node at, String uri, Map<String, String> parameters, Map<String, Node> keys, boolean from) {

  private static final Pattern MASTER = Pattern.compile("master:/*[\\w.-]+:(.+)");

  /** EIPs whose uri may be computed from the message. */
  private static final Set<String> ENDPOINTS =
      Set.of("from", "to", "toD", "wireTap", "poll", "interceptFrom", "interceptSendToEndpoint");

  /** EIPs whose expression is a URI. */
  private static final Set<String> ENRICHERS = Set.of("enrich", "pollEnrich");

  /** All endpoints of a file, as they are when the administrator sets nothing for them. */
  static List<EndpointUse> of(List<Place> places, SettingNames settings) {
    return written(places).stream().map(use -> use.with(settings).whatOneNodeHas()).toList();
  }

  /** What a {@code master:} has on one node is checked as if it stood there by itself. */
  private EndpointUse whatOneNodeHas() {
    Matcher master = MASTER.matcher(uri);
    return from && master.matches()
        ? new EndpointUse(at, master.group(1), parameters, keys, true)
        : this;
  }

  private EndpointUse with(SettingNames settings) {
    Map<String, String> values = new LinkedHashMap<>();
    parameters.forEach((name, value) -> values.put(name, settings.withDefaults(value)));
    return new EndpointUse(at, settings.withDefaults(uri), values, keys, from);
  }

  private static List<EndpointUse> written(List<Place> places) {
    List<EndpointUse> found = new ArrayList<>();
    for (Place place : places) {
      if (ENDPOINTS.contains(place.key()) && place.shape().keys().contains("uri")) {
        add(found, place);
      } else if (place.text() != null && place.key().endsWith("Uri")) {
        found.add(plain(place.value(), String.valueOf(place.text()), false));
      } else if (place.isExpression() && isOfEnricher(place)) {
        found.add(plain(place.value(), computed(place), false));
      }
    }
    return found;
  }

  private static void add(List<EndpointUse> found, Place place) {
    boolean from = place.key().equals("from") || place.key().equals("poll");
    String text = place.text();
    if (text != null) {
      found.add(plain(place.value(), text, from));
      return;
    }
    Node uri = place.child("uri");
    String uriText = Place.text(uri);
    if (uri != null && uriText != null) {
      EndpointUse use = plain(uri, uriText, from);
      if (place.child("parameters") instanceof MappingNode block) {
        use.read(block);
      }
      found.add(use);
    }
  }

  private static boolean isOfEnricher(Place expression) {
    Place above = expression.parent();
    if (above != null && above.key().equals("expression")) {
      above = above.parent();
    }
    return above != null && ENRICHERS.contains(above.key());
  }

  /** The URI that an expression makes; of most languages nobody knows it before. */
  private static String computed(Place expression) {
    String text = expression.text();
    if (text == null) {
      text = Place.text(expression.child("expression"));
    }
    boolean readable = expression.key().equals("constant") || expression.key().equals("simple");
    return readable && text != null ? text : "${%s}".formatted(expression.key());
  }

  private static EndpointUse plain(Node at, String uri, boolean from) {
    return new EndpointUse(at, uri.strip(), new LinkedHashMap<>(), new LinkedHashMap<>(), from);
  }

  private void read(MappingNode block) {
    for (NodeTuple tuple : block.getValue()) {
      String key = Place.text(tuple.getKeyNode());
      String value = Place.text(tuple.getValueNode());
      if (key != null) {
        String name = String.valueOf(StringHelper.dashToCamelCase(key));
        parameters.put(name, value == null ? "" : value);
        keys.put(name, tuple.getKeyNode());
      }
    }
  }

  /** The scheme, null when it is not written out. */
  @Nullable String scheme() {
    int end = 0;
    while (end < uri.length() && ":?".indexOf(uri.charAt(end)) < 0) {
      end++;
    }
    String scheme = uri.substring(0, end);
    return scheme.matches("[a-zA-Z][a-zA-Z0-9+.-]*") ? scheme : null;
  }

  /** What stands between the scheme and the query, without slashes before it. */
  String path() {
    String scheme = scheme();
    String rest = scheme == null ? uri : uri.substring(scheme.length());
    int query = rest.indexOf('?');
    String path = query < 0 ? rest : rest.substring(0, query);
    return path.startsWith(":") ? path.substring(1) : path;
  }

  /** What stands behind the question mark. */
  String query() {
    int query = uri.indexOf('?');
    return query < 0 ? "" : uri.substring(query + 1);
  }

  /** Where a parameter is: in the block, or else where the URI is. */
  Node where(String parameter) {
    return keys.getOrDefault(parameter, at);
  }
}
