package org.mqttintegration.bridge;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Makes {@link SignalEndpoint}s. */
@Component("signal")
public class SignalComponent extends DefaultComponent {

  private static final Pattern ENCODED = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

  /** Camel would make a blank of each {@code +}, which a topic filter is full of. */
  @Override
  public boolean useRawUri() {
    return true;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    // an editor may write uri: signal, and the operation among the parameters
    String name =
        remaining != null && !remaining.isEmpty()
            ? remaining
            : getAndRemoveParameter(parameters, "operation", String.class, "");
    SignalOperation operation = SignalOperation.of(name);
    parameters.replaceAll(
        (option, value) -> value instanceof String text ? read(text, operation) : value);
    SignalEndpoint endpoint = new SignalEndpoint(uri, this, operation);
    setProperties(endpoint, parameters);
    endpoint.check();
    return endpoint;
  }

  /** What toD writes comes encoded, its blanks as +, which no topic to send to has. */
  private static String read(String value, SignalOperation operation) {
    String text = operation == SignalOperation.send ? value.replace('+', ' ') : value;
    return ENCODED
        .matcher(text)
        .replaceAll(
            octets ->
                Matcher.quoteReplacement(
                    URLDecoder.decode(octets.group(), StandardCharsets.UTF_8)));
  }
}
