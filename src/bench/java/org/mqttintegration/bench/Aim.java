package org.mqttintegration.bench;

/**
 * An aim and what was measured.
 *
 * @param aim what was aimed at
 * @param measured the figure of this run
 * @param met whether it is reached
 * @param reason what the figures tell of why it is not; empty when it is
 */
record Aim(String aim, String measured, boolean met, String reason) {

  static Aim of(String aim, String measured, boolean met, String reason) {
    return new Aim(aim, measured, met, met ? "" : reason);
  }
}
