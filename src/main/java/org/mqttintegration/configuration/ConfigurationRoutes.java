package org.mqttintegration.configuration;

import org.apache.camel.Exchange;
import org.mqttintegration.resource.RequestParameters;
import org.mqttintegration.resource.ResourceRoutes;
import org.springframework.stereotype.Component;

/** Configuration as code over REST. */
@Component
class ConfigurationRoutes extends ResourceRoutes {

  private final ConfigurationExport export;
  private final ConfigurationImport imports;

  ConfigurationRoutes(ConfigurationExport export, ConfigurationImport imports) {
    this.export = export;
    this.imports = imports;
  }

  @Override
  public void configure() {
    operation("exportConfiguration", "Writes what is configured as a document")
        .process(
            e -> {
              e.getMessage().setBody(export.text());
              e.getMessage().setHeader(Exchange.CONTENT_TYPE, "text/yaml;charset=UTF-8");
            });
    answer(
        operation("importConfiguration", "Makes of what is configured what a document says"),
        this::run);
  }

  private ImportResult run(Exchange exchange) {
    RequestParameters parameters = RequestParameters.of(exchange);
    String text = exchange.getMessage().getBody(String.class);
    return imports.run(
        text == null ? "" : text, parameters.flag("dryRun"), parameters.flag("prune"));
  }
}
