package org.mqttintegration.routefile;

import org.apache.camel.Exchange;
import org.mqttintegration.resource.ResourceRoutes;
import org.mqttintegration.routefile.RouteFileRoutes.Items;
import org.springframework.stereotype.Component;

/** The operations on secrets over REST. */
@Component
class RouteSecretRoutes extends ResourceRoutes {

  private final RouteSecretService secrets;

  RouteSecretRoutes(RouteSecretService secrets) {
    this.secrets = secrets;
  }

  @Override
  public void configure() {
    answer(operation("listSecrets", "Lists secrets"), e -> new Items<>(secrets.list()));
    operation("putSecret", "Stores a secret")
        .unmarshal()
        .json(RouteSecretRequest.class)
        .setBody(e -> secrets.put(name(e), e.getMessage().getBody(RouteSecretRequest.class)))
        .marshal()
        .json();
    deleted(operation("deleteSecret", "Deletes a secret"), e -> secrets.delete(name(e)));
    answer(
        operation("listSecretKeys", "Lists the keys of secrets"), e -> new Items<>(secrets.keys()));
    answer(
        operation("reencryptSecrets", "Encrypts all secrets with the newest key"),
        e -> secrets.reencrypt());
  }

  private static String name(Exchange exchange) {
    return exchange.getMessage().getHeader("secret", "", String.class);
  }
}
