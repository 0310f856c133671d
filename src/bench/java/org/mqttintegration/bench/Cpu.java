package org.mqttintegration.bench;

/**
 * CPU seconds of all who have a part in a turn.
 *
 * @param own the contestant's
 * @param database PostgreSQL's
 * @param broker the broker's
 */
record Cpu(double own, double database, double broker) {

  static Cpu now(Laboratory laboratory, Contestant contestant) {
    return new Cpu(
        contestant.cpuSeconds(),
        laboratory.postgres().cpuSeconds(),
        laboratory.broker().cpuSeconds());
  }

  Cpu since(Cpu begin) {
    return new Cpu(own - begin.own, database - begin.database, broker - begin.broker);
  }
}
