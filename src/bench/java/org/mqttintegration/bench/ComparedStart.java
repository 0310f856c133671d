package org.mqttintegration.bench;

import java.io.IOException;

/**
 * One start of the application over a history.
 *
 * @param readySeconds until it said that it is ready
 * @param cpu CPU seconds until then
 */
record ComparedStart(double readySeconds, Cpu cpu) {

  static ComparedStart measure(Laboratory laboratory, Database database)
      throws IOException, InterruptedException {
    Cpu before = Cpu.now(laboratory, 0);
    try (Application application = Application.start(laboratory, database)) {
      return new ComparedStart(
          application.readySeconds(), Cpu.now(laboratory, application.cpuSeconds()).since(before));
    }
  }

  double ownCpu() {
    return cpu.own();
  }

  double databaseCpu() {
    return cpu.database();
  }
}
