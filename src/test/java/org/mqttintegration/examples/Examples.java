package org.mqttintegration.examples;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.mqttintegration.testing.Mosquitto;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;

/** Hands the running {@link ExampleApplication} to tests. */
final class Examples implements BeforeAllCallback, ParameterResolver {

  @Override
  public void beforeAll(ExtensionContext context) {
    Parts.ran(context.getRequiredTestClass(), Part.EMBEDDED_POSTGRESQL);
    Parts.ran(context.getRequiredTestClass(), Part.ARTEMIS);
    if (Mosquitto.program().isPresent()) {
      Parts.ran(context.getRequiredTestClass(), Part.MOSQUITTO);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ExampleApplication.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(Examples.class))
        .getOrComputeIfAbsent(ExampleApplication.class, key -> start(), ExampleApplication.class);
  }

  private static ExampleApplication start() {
    try {
      return ExampleApplication.start();
    } catch (Exception e) {
      throw new IllegalStateException("The application does not start with the examples", e);
    }
  }
}
