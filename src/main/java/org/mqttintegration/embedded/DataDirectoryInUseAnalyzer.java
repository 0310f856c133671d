package org.mqttintegration.embedded;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says it in two sentences instead of a stack trace. */
final class DataDirectoryInUseAnalyzer
    extends AbstractFailureAnalyzer<DataDirectoryInUseException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, DataDirectoryInUseException cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        "End the other instance, or give this one a directory of its own with"
            + " mqtt-integration.data-directory.",
        cause);
  }
}
