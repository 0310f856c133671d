package org.mqttintegration.routefile;

import java.util.List;
import org.mqttintegration.routefile.check.Finding;

/** A route file cannot run. */
final class RouteFileException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  RouteFileException(List<Finding> findings) {
    super(findings.get(0).toString());
    this.findings = List.copyOf(findings);
  }

  /** What is wrong with it, at least one thing. */
  List<Finding> findings() {
    return findings;
  }
}
