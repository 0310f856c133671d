package org.mqttintegration.testing;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tells the report that a suite runs on the embedded servers. */
final class OnEmbeddedServers implements BeforeAllCallback {

  @Override
  public void beforeAll(ExtensionContext context) {
    Parts.ran(context.getRequiredTestClass(), Part.EMBEDDED_POSTGRESQL);
    Parts.ran(context.getRequiredTestClass(), Part.ARTEMIS);
  }
}
