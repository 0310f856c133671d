package org.mqttintegration.routefile;

import java.util.Optional;
import org.mqttintegration.routefile.check.RouteText;

/** Keeps what files said. */
interface VersionLog {

  /** Keeps a file that runs now, and gives the number of its version; that of the same before. */
  int applied(RouteText file);

  /** Keeps a file that was refused, and why. */
  void refused(RouteText file, String message);

  /** Notes that a file is gone. */
  void deleted(String name);

  /** The newest version of a file that ran. */
  Optional<RouteText> lastApplied(String name);
}
