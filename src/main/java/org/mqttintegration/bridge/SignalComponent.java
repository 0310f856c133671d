package org.mqttintegration.bridge;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Makes {@link SignalEndpoint}s. */
@Component("signal")
public class SignalComponent extends DefaultComponent {

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    SignalEndpoint endpoint = new SignalEndpoint(uri, this, SignalOperation.of(remaining));
    setProperties(endpoint, parameters);
    endpoint.check();
    return endpoint;
  }
}
