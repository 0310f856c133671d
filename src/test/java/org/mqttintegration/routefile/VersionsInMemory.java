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
  public synchronized int applied(Candidate candidate) {
    if (candidate.version() != 0) {
      return candidate.version();
    }
    if (!candidate.isNew() && applied.contains(candidate.file())) {
      return applied.lastIndexOf(candidate.file()) + 1;
    }
    applied.add(candidate.file());
    kept.add("applied " + candidate.file().name());
    return applied.size();
  }

  @Override
  public synchronized void refused(Candidate candidate, String message) {
    kept.add("refused " + candidate.file().name());
  }

  @Override
  public void followed(String name) {
    // nobody looks on
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
