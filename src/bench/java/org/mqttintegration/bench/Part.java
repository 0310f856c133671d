package org.mqttintegration.bench;

/** One part of the benchmark. */
interface Part {

  /** Its name in {@code -Dbench.parts}. */
  String name();

  /** Measures, and tells what was found. */
  Section measure(Laboratory laboratory) throws Exception;
}
