package org.mqttintegration.configuration.odoo;

import java.time.DateTimeException;
import java.time.ZoneId;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.RequestParameters;
import org.mqttintegration.resource.ResourceRoutes;
import org.springframework.stereotype.Component;

/** Taking over what the Odoo module has, over REST. */
@Component
class OdooRoutes extends ResourceRoutes {

  private final OdooImport imports;

  OdooRoutes(OdooImport imports) {
    this.imports = imports;
  }

  @Override
  public void configure() {
    answer(operation("importOdooTable", "Takes over a table of the Odoo module"), this::run);
  }

  private OdooResult run(Exchange exchange) {
    RequestParameters parameters = RequestParameters.of(exchange);
    String model = parameters.text("model");
    String csv = exchange.getMessage().getBody(String.class);
    return imports.run(
        OdooModel.of(model == null ? "" : model),
        csv == null ? "" : csv,
        parameters.text("broker"),
        zone(parameters.text("timeZone")),
        parameters.flag("dryRun"));
  }

  private static ZoneId zone(@Nullable String name) {
    try {
      return ZoneId.of(name == null ? "UTC" : name);
    } catch (DateTimeException e) {
      throw ProblemException.invalid("timeZone", "A time zone as in Europe/Berlin.");
    }
  }
}
