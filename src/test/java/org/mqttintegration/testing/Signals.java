package org.mqttintegration.testing;

import java.io.IOException;

/** Signals to processes. */
final class Signals {

  private Signals() {}

  /** Sends one, by its name without SIG. */
  static void send(String name, Process process) throws IOException {
    try {
      String pid = Long.toString(process.pid());
      if (new ProcessBuilder("kill", "-" + name, pid).start().waitFor() != 0) {
        throw new IOException("no " + name + " to " + pid);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
