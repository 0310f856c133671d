package org.mqttintegration.console.history;

import java.util.Locale;

/** Numbers of bytes, as people read them. */
final class Size {

  private static final int KIB = 1024;

  private Size() {}

  static String of(long bytes) {
    if (bytes < KIB) {
      return bytes + " B";
    }
    return bytes < KIB * KIB
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / (double) KIB)
        : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (KIB * KIB));
  }
}
