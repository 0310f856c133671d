package org.mqttintegration.bridge;

import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.springframework.stereotype.Component;

/** What becomes of failures in routes of files, where a file says nothing else. */
@Component
public class RouteFileRouteConfiguration extends RouteConfigurationBuilder {

  /** The id of the configuration. */
  public static final String ID = "route-file";

  private static final double BACK_OFF = 2;
  private static final double COLLISION_AVOIDANCE = 0.15;

  private final BridgeSettings settings;
  private final Redelivery redelivery;
  private final FailedExchange failed;

  RouteFileRouteConfiguration(
      BridgeSettings settings, Redelivery redelivery, FailedExchange failed) {
    this.settings = settings;
    this.redelivery = redelivery;
    this.failed = failed;
  }

  @Override
  public void configuration() {
    RouteConfigurationDefinition ofFiles = routeConfiguration(ID);
    ofFiles.interceptFrom().process(failed::remember);
    ofFiles
        .onException(Throwable.class)
        .retryWhile(redelivery)
        .redeliveryDelay(settings.redeliveryDelay().toMillis())
        .maximumRedeliveryDelay(settings.redeliveryDelayMax().toMillis())
        .backOffMultiplier(BACK_OFF)
        .collisionAvoidanceFactor(COLLISION_AVOIDANCE)
        .logExhausted(false) // told once, with what becomes of it
        .logStackTrace(false)
        .handled(failed::endsHere)
        .process(failed);
  }
}
