package org.mqttintegration.routefile;

/** What became of a file. */
public enum RouteFileStatus {
  /** It runs as it is stored. */
  RUNNING,
  /** It is wrong; an older version of it may run. */
  REFUSED,
  /** It is right, and all its routes are stopped. */
  STOPPED
}
