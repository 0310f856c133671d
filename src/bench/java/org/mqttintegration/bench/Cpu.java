package org.mqttintegration.bench;

/**
 * CPU seconds of all who have a part in something.
 *
 * @param own those of who is measured
 * @param database PostgreSQL's
 * @param broker the broker's
 */
record Cpu(double own, double database, double broker) {

  /** Until now; those of who is measured are given. */
  static Cpu now(Laboratory laboratory, double own) {
    return new Cpu(own, laboratory.postgres().cpuSeconds(), laboratory.broker().cpuSeconds());
  }

  Cpu since(Cpu begin) {
    return new Cpu(own - begin.own, database - begin.database, broker - begin.broker);
  }

  /** For each of so many. */
  Cpu per(double count) {
    return new Cpu(own / count, database / count, broker / count);
  }
}
