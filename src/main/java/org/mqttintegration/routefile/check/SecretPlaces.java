package org.mqttintegration.routefile.check;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.component.properties.DefaultPropertiesParser;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.component.properties.PropertiesLookup;
import org.apache.camel.component.properties.PropertiesParser;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.ExpressionAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Keeps secrets out of the URIs of endpoints. Camel resolves placeholders in the whole URI first,
 * but what stands in {@code RAW($simple{…})} only when it hands the parameter to the endpoint: so
 * {@code RAW({{secret:name}})} becomes that, with a mark that no message can know.
 */
public final class SecretPlaces implements PropertiesParser {

  private static final Pattern RAW = Pattern.compile("RAW\\([^()]*\\)");
  private static final Pattern SECRET = Pattern.compile("\\{\\{\\s*secret:([\\w.-]+)\\s*}}");

  private final CamelContext camel;
  private final PropertiesParser parser;
  private final UnaryOperator<String> secrets;
  private final String mark = UUID.randomUUID().toString();
  private final Pattern place = Pattern.compile("\\$simple\\{" + mark + ":([\\w.-]+)}");

  private SecretPlaces(CamelContext camel, PropertiesParser parser, UnaryOperator<String> secrets) {
    this.camel = camel;
    this.parser = parser;
    this.secrets = secrets;
  }

  /**
   * Has a Camel context keep them.
   *
   * @param secrets gives the value of a secret, by its name
   */
  public static SecretPlaces addTo(CamelContext camel, UnaryOperator<String> secrets) {
    PropertiesComponent properties = (PropertiesComponent) camel.getPropertiesComponent();
    PropertiesParser parser = properties.getPropertiesParser();
    if (parser instanceof DefaultPropertiesParser camels) {
      camels.setPropertiesComponent(properties); // which Camel does only for the one that it has
    }
    SecretPlaces places = new SecretPlaces(camel, parser, secrets);
    properties.setPropertiesParser(places);
    ExchangeHelper.getDummy(camel); // kept for the process: not that of a dry run, which ends
    return places;
  }

  @Override
  public String parseUri(
      String text,
      PropertiesLookup properties,
      boolean fallback,
      boolean keepUnresolvedOptional,
      boolean nestedPlaceholder) {
    return parser.parseUri(
        marked(text), properties, fallback, keepUnresolvedOptional, nestedPlaceholder);
  }

  private String marked(String text) {
    if (!text.contains("RAW")) {
      return text;
    }
    return RAW.matcher(text)
        .replaceAll(
            raw ->
                Matcher.quoteReplacement(
                    SECRET
                        .matcher(raw.group())
                        .replaceAll(
                            found ->
                                Matcher.quoteReplacement(
                                    "$simple{%s:%s}".formatted(mark, found.group(1))))));
  }

  @Override
  public String parseProperty(String key, String value, PropertiesLookup properties) {
    return parser.parseProperty(key, value, properties);
  }

  @Override
  public @Nullable String customLookup(String key) {
    return parser.customLookup(key);
  }

  /**
   * The expression that a text with places is; null when it has none.
   *
   * @param rest makes an expression of what stands between them
   */
  @Nullable Expression expression(String text, Function<String, Expression> rest) {
    Matcher found = place.matcher(text);
    List<Expression> parts = new ArrayList<>();
    int end = 0;
    while (found.find()) {
      if (found.start() > end) {
        parts.add(rest.apply(text.substring(end, found.start())));
      }
      parts.add(new Value(secrets.apply(found.group(1))));
      end = found.end();
    }
    if (end == 0) {
      return null;
    }
    if (end < text.length()) {
      parts.add(rest.apply(text.substring(end)));
    }
    parts.forEach(part -> part.init(camel));
    return new Joined(camel, parts);
  }

  private static final class Value extends ExpressionAdapter {
    private final String value;

    Value(String value) {
      this.value = value;
    }

    @Override
    public Object evaluate(Exchange exchange) {
      return value;
    }
  }

  /** Evaluated without the exchange it is given: that may be of a context which ended. */
  private static final class Joined implements Expression {
    private final CamelContext camel;
    private final List<Expression> parts;

    Joined(CamelContext camel, List<Expression> parts) {
      this.camel = camel;
      this.parts = parts;
    }

    @Override
    public <T> T evaluate(Exchange exchange, Class<T> type) {
      Exchange own = new DefaultExchange(camel);
      StringBuilder text = new StringBuilder();
      parts.forEach(part -> text.append(part.evaluate(own, String.class)));
      return camel.getTypeConverter().convertTo(type, text.toString());
    }
  }
}
