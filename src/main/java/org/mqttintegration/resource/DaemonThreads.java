package org.mqttintegration.resource;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Makes threads that do not keep the process alive, with a name that tells what they do. */
public final class DaemonThreads extends CustomizableThreadFactory {

  /**
   * Makes such threads.
   *
   * @param prefix of their names, before a number
   */
  public DaemonThreads(String prefix) {
    super(prefix);
    setDaemon(true);
  }
}
