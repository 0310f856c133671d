package org.mqttintegration.routefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mqttintegration.routefile.check.RouteText;

/** What the database would keep of files. */
final class VersionsInMemory implements VersionLog {

  final List<String> kept = new ArrayList<>();
  private final List<RouteText> applied = new ArrayList<>();

  @Override
  public synchronized int applied(RouteText file) {
    applied.add(file);
    kept.add("applied " + file.name());
    return applied.size();
  }

  @Override
  public synchronized void refused(RouteText file, String message) {
    kept.add("refused " + file.name());
  }

  @Override
  public synchronized void deleted(String name) {
    kept.add("deleted " + name);
  }

  @Override
  public synchronized Optional<RouteText> lastApplied(String name) {
    return applied.stream()
        .filter(file -> file.name().equals(name))
        .reduce((earlier, later) -> later);
  }

  synchronized long times(String line) {
    return kept.stream().filter(line::equals).count();
  }
}
