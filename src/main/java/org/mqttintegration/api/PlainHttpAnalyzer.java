package org.mqttintegration.api;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a few sentences why the application does not listen there. */
final class PlainHttpAnalyzer extends AbstractFailureAnalyzer<PlainHttpException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, PlainHttpException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
  }
}
