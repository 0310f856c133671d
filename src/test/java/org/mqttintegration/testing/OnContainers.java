package org.mqttintegration.testing;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.PostgreSQLContainer;

/**
 * Gives a suite a PostgreSQL and a mosquitto in containers, and skips it where they cannot be had.
 * Named before Spring's extension, so that the application ends before they do.
 */
public final class OnContainers implements ExecutionCondition, AfterAllCallback {

  public static final PostgreSQLContainer<?> POSTGRESQL = Images.postgresql();
  public static final GenericContainer<?> MOSQUITTO = Images.mosquitto();

  /** Starts both. */
  public static void start() {
    POSTGRESQL.start();
    MOSQUITTO.start();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    MOSQUITTO.stop();
    POSTGRESQL.stop();
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Class<?> suite = context.getRequiredTestClass();
    String database = report(suite, Part.CONTAINER_POSTGRESQL, Images.POSTGRESQL);
    String broker = report(suite, Part.CONTAINER_MOSQUITTO, Images.MOSQUITTO);
    return database.isEmpty() && broker.isEmpty()
        ? ConditionEvaluationResult.enabled("containers can be had")
        : ConditionEvaluationResult.disabled(database.isEmpty() ? broker : database);
  }

  private static String report(Class<?> suite, Part part, String image) {
    String reason = Docker.reasonAgainst(image);
    if (reason.isEmpty()) {
      Parts.ran(suite, part);
    } else {
      Parts.skipped(suite, part, reason);
    }
    return reason;
  }
}
