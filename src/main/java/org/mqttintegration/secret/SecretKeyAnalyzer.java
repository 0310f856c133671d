package org.mqttintegration.secret;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a few sentences why the application does not start with these keys. */
final class SecretKeyAnalyzer extends AbstractFailureAnalyzer<SecretKeyException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, SecretKeyException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
  }
}
