package org.mqttintegration.routefile;

import java.util.Optional;
import org.mqttintegration.routefile.check.RouteText;

/** Keeps what files said. */
interface VersionLog {

  /**
   * Keeps a file that runs now, unless it is a version already, and gives the number of its
   * version. One that is new is a version already only where it is the last one.
   */
  int applied(Candidate candidate);

  /** Keeps a file that was refused, and why; not one that others replaced meanwhile. */
  void refused(Candidate candidate, String message);

  /** Notes that a file is gone. */
  void deleted(String name);

  /** Tells this node that a file is another one here, or gone, as the database has it already. */
  void followed(String name);

  /** The newest version of a file that ran. */
  Optional<RouteText> lastApplied(String name);
}
