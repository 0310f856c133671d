package org.mqttintegration.routefile;

import org.mqttintegration.broker.Brokers;
import org.mqttintegration.routefile.check.Proposals;
import org.mqttintegration.routefile.check.RouteText;
import org.springframework.stereotype.Component;

/** Proposes what may stand at a place of a route file, with the names of what there is here. */
@Component
class RouteFileCompletion {

  private final RouteFiles files;
  private final Brokers brokers;
  private final RouteSecretService secrets;

  RouteFileCompletion(RouteFiles files, Brokers brokers, RouteSecretService secrets) {
    this.files = files;
    this.brokers = brokers;
    this.secrets = secrets;
  }

  Proposals at(RouteText file, int line, int column) {
    return files
        .inspection()
        .complete(
            file,
            line,
            column,
            brokers.names(),
            secrets.list().stream().map(RouteSecretView::name).toList());
  }
}
