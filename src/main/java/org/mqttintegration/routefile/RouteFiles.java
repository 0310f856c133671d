package org.mqttintegration.routefile;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.routefile.check.Finding;
import org.mqttintegration.routefile.check.Findings;
import org.mqttintegration.routefile.check.RouteFileContent;
import org.mqttintegration.routefile.check.RouteFileContent.RouteLine;
import org.mqttintegration.routefile.check.RouteFileSettings;
import org.mqttintegration.routefile.check.RouteText;
import org.mqttintegration.routefile.check.SafeSimple;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The route files, and what runs of them. Each is applied as one step: its routes are replaced, or
 * stay as they are when the new ones are wrong.
 */
@Component
class RouteFiles {

  private static final Logger LOG = LoggerFactory.getLogger(RouteFiles.class);

  private final RouteSwap swap;
  private final VersionLog versions;
  private final RouteSecrets secrets;
  private final Map<String, RouteFileState> files = new ConcurrentSkipListMap<>();
  private final RouteFileInspection inspection;
  private final ReentrantLock changes = new ReentrantLock();

  RouteFiles(
      CamelContext camel,
      RouteFileSettings settings,
      RouteSwap swap,
      VersionLog versions,
      RouteSecrets secrets) {
    this.inspection = new RouteFileInspection((ModelCamelContext) camel, settings, secrets, files);
    SafeSimple.addTo(camel, settings, true);
    this.swap = swap;
    this.versions = versions;
    this.secrets = secrets;
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

  /** What is wrong with a file, as if it stood there in place of the one of that name. */
  List<Finding> validate(RouteText file) {
    return inspection.inspect(file).findings();
  }

  /** Takes up the files that are there at the start, each for itself. */
  void start(List<RouteText> found) {
    alone(
        () -> {
          for (RouteText file :
              found) { // what they have for each other is known before any is judged
            RouteFileContent content = inspection.apart(file);
            files.put(file.name(), new RouteFileState(file, List.of(), content, null));
          }
          found.stream().sorted(this::templatesFirst).forEach(this::apply);
          return null;
        });
  }

  private int templatesFirst(RouteText one, RouteText other) {
    return Boolean.compare(isLibrary(other), isLibrary(one));
  }

  private boolean isLibrary(RouteText file) {
    RouteFileState state = files.get(file.name());
    return state != null && state.content().isLibrary();
  }

  /** Takes up a file that is new or changed; nothing happens when it is as it was. */
  RouteFileState take(RouteText file) {
    return alone(
        () -> {
          RouteFileState known = files.get(file.name());
          if (known != null && known.file().equals(file)) {
            return known;
          }
          RouteFileState state = apply(file);
          applyOthers(state);
          return state;
        });
  }

  /** Stops the routes of a file that is gone. */
  void gone(String name) {
    alone(
        () -> {
          RouteFileState state = files.remove(name);
          if (state != null) {
            remove(state);
            keep(
                () -> {
                  versions.deleted(name);
                  return 0;
                });
            LOG.info("route file deleted file={}", name);
          }
          return null;
        });
  }

  RouteStatistics statistics() {
    return swap.statistics();
  }

  /** Stores what was applied. */
  interface Storing {
    void run() throws IOException;
  }

  /**
   * Applies a file and then stores it.
   *
   * @throws RouteFileException when it is wrong; then all is as it was
   * @throws IOException when it cannot be stored; then all is as it was
   */
  RouteFileState put(RouteText file, Storing storing) throws RouteFileException, IOException {
    changes.lock();
    try {
      RouteFileState known = files.get(file.name());
      if (known != null && known.file().equals(file) && !known.isRefused()) {
        storing.run();
        return known;
      }
      RouteFileState state = running(file, known == null ? null : known.loaded());
      try {
        storing.run();
      } catch (IOException e) {
        undo(known, state);
        throw e;
      }
      files.put(file.name(), state);
      applyOthers(state);
      return state;
    } finally {
      changes.unlock();
    }
  }

  private void undo(@Nullable RouteFileState known, RouteFileState applied) {
    if (known == null || known.loaded() == null) {
      remove(applied);
      return;
    }
    LoadedFile old = known.loaded();
    try {
      LoadedFile again = load(applied.loaded(), old.file(), old.content());
      files.put(
          known.file().name(),
          new RouteFileState(
              known.file(), known.findings(), known.content(), again.withVersion(old.version())));
    } catch (RouteFileException e) {
      LOG.error("route file stopped file={} reason={}", known.file().name(), e.getMessage());
    }
  }

  private void remove(RouteFileState state) {
    if (state.loaded() != null) {
      try {
        swap.remove(state.loaded(), inspection.endpointsBeside(state.file().name()));
      } catch (Exception e) {
        LOG.error(
            "route file not stopped file={} reason={}", state.file().name(), Failure.sentence(e));
      }
    }
  }

  /** Those that are made of a file which changed, and those that waited for what it has now. */
  private void applyOthers(RouteFileState changed) {
    Set<String> made = new HashSet<>(changed.visible().templates());
    made.addAll(changed.visible().kamelets());
    for (RouteFileState state : List.copyOf(files.values())) {
      boolean uses = made.stream().anyMatch(name -> state.file().text().contains(name));
      if (!changed.isRefused() && state != changed && !state.isRefused() && uses) {
        apply(state.file());
      }
    }
    againRefused(changed.file().name());
  }

  private void againRefused(String cause) {
    for (RouteFileState state : List.copyOf(files.values())) {
      if (state.isRefused()
          && !state.file().name().equals(cause)
          && inspection.inspect(state.file()).isValid()) {
        apply(state.file());
      }
    }
  }

  private RouteFileState apply(RouteText file) {
    RouteFileState known = files.get(file.name());
    LoadedFile old = known == null ? null : known.loaded();
    RouteFileState state;
    try {
      state = running(file, old);
    } catch (RouteFileException e) {
      state = refused(file, old, e);
    }
    files.put(file.name(), state);
    return state;
  }

  private RouteFileState running(RouteText file, @Nullable LoadedFile old)
      throws RouteFileException {
    RouteFileContent content = inspection.inspect(file);
    if (!content.isValid()) {
      throw new RouteFileException(content.findings());
    }
    secrets.hideOptions(content.secretOptions());
    LoadedFile loaded = load(old, file, content);
    int version = keep(() -> versions.applied(file));
    LOG.info(
        "route file applied file={} version={} routes={}", file.name(), version, loaded.routeIds());
    return new RouteFileState(file, List.of(), content, loaded.withVersion(version));
  }

  private LoadedFile load(@Nullable LoadedFile old, RouteText file, RouteFileContent content)
      throws RouteFileException {
    try {
      return swap.swap(old, file, content, inspection.endpointsBeside(file.name()));
    } catch (Exception e) {
      Findings findings = new Findings();
      if (!Failure.addMarked(e, findings)) {
        RouteLine route = Failure.route(e, content.routes());
        RouteLine place = route != null ? route : content.firstRoute();
        findings.add(place.line(), place.column(), hidden(e));
      }
      throw new RouteFileException(findings.list());
    }
  }

  private String hidden(Exception failure) {
    return String.valueOf(secrets.hide(Failure.sentence(failure)));
  }

  private RouteFileState refused(
      RouteText file, @Nullable LoadedFile old, RouteFileException refusal) {
    LOG.error("route file refused file={} reason={}", file.name(), refusal.getMessage());
    keep(
        () -> {
          versions.refused(file, String.valueOf(refusal.getMessage()));
          return 0;
        });
    LoadedFile loaded = old != null ? old : lastGood(file);
    RouteFileContent content = inspection.apart(file);
    return new RouteFileState(file, refusal.findings(), content, loaded);
  }

  /** At the start nothing runs of a file yet; what ran before goes on. */
  private @Nullable LoadedFile lastGood(RouteText refused) {
    try {
      Optional<RouteText> last = versions.lastApplied(refused.name());
      if (last.isEmpty() || last.get().equals(refused)) {
        return null;
      }
      RouteFileContent content = inspection.inspect(last.get());
      if (!content.isValid()) {
        return null;
      }
      LoadedFile loaded = swap.swap(null, last.get(), content, Set.of());
      LOG.info("route file runs as it was file={} routes={}", refused.name(), loaded.routeIds());
      return loaded;
    } catch (Exception e) {
      LOG.warn("no earlier version file={} reason={}", refused.name(), Failure.sentence(e));
      return null;
    }
  }

  private int keep(Supplier<Integer> write) {
    try {
      return write.get();
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("route file version not stored reason={}", Failure.sentence(e));
      return 0;
    }
  }

  /** Makes a change while nobody else makes one. */
  <T extends @Nullable Object> T alone(Supplier<T> change) {
    changes.lock();
    try {
      return change.get();
    } finally {
      changes.unlock();
    }
  }
}
