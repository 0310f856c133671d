package org.mqttintegration.routefile;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.node.NoticesMissed;
import org.mqttintegration.routefile.check.RouteFileContent;
import org.mqttintegration.routefile.check.RouteFileSettings;
import org.mqttintegration.routefile.check.RouteText;
import org.mqttintegration.routefile.check.SafeSimple;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The route files, and what runs of them. Each is applied as one step: its routes are replaced, or
 * stay as they are when the new ones are wrong.
 */
@Component
class RouteFiles {

  private final RouteSwap swap;
  private final Map<String, RouteFileState> files = new ConcurrentSkipListMap<>();
  private final RouteFileInspection inspection;
  private final RouteFileRunner runner;
  private final boolean copied;
  private final ReentrantLock changes = new ReentrantLock();

  RouteFiles(
      CamelContext camel,
      RouteFileSettings settings,
      RouteSwap swap,
      VersionLog versions,
      RouteSecrets secrets) {
    this.inspection = new RouteFileInspection((ModelCamelContext) camel, settings, secrets, files);
    SafeSimple.addTo(camel, settings, secrets.places());
    this.swap = swap;
    this.copied = settings.source() == RouteFileSettings.Source.DATABASE;
    this.runner = new RouteFileRunner(inspection, swap, versions, secrets);
  }

  /** All files, by name. */
  Collection<RouteFileState> all() {
    return files.values();
  }

  /** One file, null when there is none of that name. */
  @Nullable RouteFileState find(String name) {
    return files.get(name);
  }

  /** The file that a route is of, null when it is of none. */
  @Nullable RouteFileState ofRoute(String routeId) {
    return files.values().stream()
        .filter(state -> state.loaded() != null && state.loaded().routeIds().contains(routeId))
        .findFirst()
        .orElse(null);
  }

  /** How files are judged, beside those that are there. */
  RouteFileInspection inspection() {
    return inspection;
  }

  /**
   * What a file says and what is wrong with it, as if it stood there in place of the one of that
   * name.
   */
  RouteFileContent validate(RouteText file) {
    return inspection.inspect(file);
  }

  /** Takes up the files that are there at the start, each for itself. */
  void start(List<RouteText> found) {
    change(
        () -> {
          for (RouteText file :
              found) { // what they have for each other is known before any is judged
            RouteFileContent content = inspection.apart(file);
            files.put(file.name(), new RouteFileState(file, List.of(), content, null));
          }
          UseOrder.of(files.values()).forEach(state -> apply(found(state.file())));
        });
  }

  /** A copy may be behind by now; a folder that is the source has what was saved. */
  private Candidate found(RouteText file) {
    return copied ? Candidate.there(file) : Candidate.saved(file);
  }

  /** Takes up a file that is new or changed here; nothing happens when it is as it was. */
  RouteFileState take(RouteText file) {
    return take(Candidate.saved(file));
  }

  private RouteFileState take(Candidate candidate) {
    return alone(
        () -> {
          RouteFileState known = files.get(candidate.file().name());
          if (known != null && known.file().equals(candidate.file())) {
            return known;
          }
          RouteFileState state = apply(candidate);
          applyOthers(state);
          return state;
        });
  }

  /** Stops the routes of a file that is gone here. */
  void gone(String name) {
    remove(name, runner::end);
  }

  /** Has a file as it was saved elsewhere, or gone as it is there: no version more. */
  void follow(RouteFileVersion version) {
    RouteText file = version.file();
    if (file == null) {
      remove(version.name(), runner::endAsElsewhere);
    } else {
      take(Candidate.of(file, version.version()));
    }
  }

  private void remove(String name, Consumer<RouteFileState> ending) {
    change(
        () -> {
          RouteFileState state = files.remove(name);
          if (state != null) {
            ending.accept(state);
          }
        });
  }

  /** Keeps the versions that were applied while the database was away. */
  @EventListener(NoticesMissed.class)
  void keepVersions() {
    change(
        () -> {
          files.replaceAll((name, state) -> runner.kept(state));
        });
  }

  RouteStatistics statistics() {
    return swap.statistics();
  }

  /**
   * Applies a file and then stores it.
   *
   * @param storing stores it
   * @throws RouteFileException when it is wrong; then all is as it was
   * @throws IOException when it cannot be stored; then all is as it was
   */
  RouteFileState put(RouteText file, Change<IOException> storing)
      throws RouteFileException, IOException {
    changes.lock();
    try {
      RouteFileState known = files.get(file.name());
      if (known != null && known.file().equals(file) && !known.isRefused()) {
        storing.make();
        RouteFileState again = runner.saved(known);
        files.put(file.name(), again);
        return again;
      }
      RouteFileState state =
          runner.run(Candidate.saved(file), known == null ? null : known.loaded());
      try {
        storing.make();
      } catch (IOException e) {
        RouteFileState before = runner.back(known, state);
        if (before != null) {
          files.put(file.name(), before);
        }
        throw e;
      }
      files.put(file.name(), state);
      applyOthers(state);
      return state;
    } finally {
      changes.unlock();
    }
  }

  /** Those that are made of a file which changed, and those that waited for what it has now. */
  private void applyOthers(RouteFileState changed) {
    for (RouteFileState state : List.copyOf(files.values())) {
      boolean uses = UseOrder.uses(state, changed);
      LoadedFile loaded = state.loaded();
      if (!changed.isRefused() && !state.isRefused() && uses) {
        apply(loaded == null ? Candidate.there(state.file()) : Candidate.again(loaded));
      }
    }
    againRefused(changed.file().name());
  }

  /** As long as one that comes lets others come that waited for it. */
  private void againRefused(String cause) {
    boolean more;
    do {
      more = false;
      for (RouteFileState state : List.copyOf(files.values())) {
        if (state.isRefused()
            && !state.file().name().equals(cause)
            && inspection.inspect(state.file()).isValid()) {
          more |= !apply(Candidate.there(state.file())).isRefused();
        }
      }
    } while (more);
  }

  private RouteFileState apply(Candidate candidate) {
    String name = candidate.file().name();
    RouteFileState known = files.get(name);
    RouteFileState state = runner.runOrRefuse(candidate, known == null ? null : known.loaded());
    files.put(name, state);
    return state;
  }

  /** A change that may fail. */
  interface Change<E extends Exception> {
    void make() throws E;
  }

  /** Makes a change while nobody else makes one. */
  <E extends Exception> void change(Change<E> change) throws E {
    changes.lock();
    try {
      change.make();
    } finally {
      changes.unlock();
    }
  }

  /** The same, with what comes of it. */
  <T> T alone(Supplier<T> change) {
    changes.lock();
    try {
      return change.get();
    } finally {
      changes.unlock();
    }
  }
}
