package org.mqttintegration.routefile;

import org.mqttintegration.routefile.check.RouteText;

/**
 * A text that is to run, and what it is among the versions of its file.
 *
 * @param file the text
 * @param isNew whether it was saved on this node, and so becomes the newest version; what only runs
 *     again, or is taken over, may be older than what others saved meanwhile
 * @param version the version that it is, 0 where that is not known
 */
record Candidate(RouteText file, boolean isNew, int version) {

  /** One that was saved on this node. */
  static Candidate saved(RouteText file) {
    return new Candidate(file, true, 0);
  }

  /** One that is there, whoever saved it: a version more only if it is none. */
  static Candidate there(RouteText file) {
    return new Candidate(file, false, 0);
  }

  /** One that is that version. */
  static Candidate of(RouteText file, int version) {
    return new Candidate(file, false, version);
  }

  /** One that runs; what could not be stored yet is new still. */
  static Candidate again(LoadedFile loaded) {
    return loaded.version() == 0 ? saved(loaded.file()) : of(loaded.file(), loaded.version());
  }
}
