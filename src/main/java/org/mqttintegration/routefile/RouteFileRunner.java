package org.mqttintegration.routefile;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.routefile.check.Findings;
import org.mqttintegration.routefile.check.RouteFileContent;
import org.mqttintegration.routefile.check.RouteFileContent.RouteLine;
import org.mqttintegration.routefile.check.RouteText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Has one file run: judges it, swaps its routes in, and keeps what it said. */
final class RouteFileRunner {

  private static final Logger LOG = LoggerFactory.getLogger(RouteFileRunner.class);

  private final RouteFileInspection inspection;
  private final RouteSwap swap;
  private final VersionLog versions;
  private final RouteSecrets secrets;

  RouteFileRunner(
      RouteFileInspection inspection, RouteSwap swap, VersionLog versions, RouteSecrets secrets) {
    this.inspection = inspection;
    this.swap = swap;
    this.versions = versions;
    this.secrets = secrets;
  }

  /** Has a file run; a wrong one is kept with what is wrong, and what ran of it runs on. */
  RouteFileState runOrRefuse(Candidate candidate, @Nullable LoadedFile old) {
    try {
      return run(candidate, old);
    } catch (RouteFileException e) {
      return refused(candidate, old, e);
    }
  }

  /**
   * Has a file run in place of what runs of it.
   *
   * @throws RouteFileException when it is wrong; then all is as it was
   */
  RouteFileState run(Candidate candidate, @Nullable LoadedFile old) throws RouteFileException {
    RouteText file = candidate.file();
    RouteFileContent content = inspection.inspect(file);
    if (!content.isValid()) {
      throw new RouteFileException(content.findings());
    }
    secrets.hideOptions(content.secretOptions());
    LoadedFile loaded = load(old, file, content);
    int version = keep(() -> versions.applied(candidate));
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
      Candidate candidate, @Nullable LoadedFile old, RouteFileException refusal) {
    RouteText file = candidate.file();
    LOG.error("route file refused file={} reason={}", file.name(), refusal.getMessage());
    keep(
        () -> {
          versions.refused(candidate, String.valueOf(refusal.getMessage()));
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

  /** The same, with its version where that could not be stored before. */
  RouteFileState kept(RouteFileState state) {
    LoadedFile loaded = state.loaded();
    return state.isRefused() || loaded == null || loaded.version() != 0 ? state : saved(state);
  }

  /** The same, saved once more: the newest version, whatever others saved meanwhile. */
  RouteFileState saved(RouteFileState state) {
    LoadedFile loaded = state.loaded();
    if (loaded == null) {
      return state;
    }
    int version = keep(() -> versions.applied(Candidate.saved(state.file())));
    return new RouteFileState(
        state.file(), state.findings(), state.content(), loaded.withVersion(version));
  }

  /** Has what ran before run again; null when nothing did. */
  @Nullable RouteFileState back(@Nullable RouteFileState known, RouteFileState applied) {
    if (known == null || known.loaded() == null) {
      remove(applied);
      return null;
    }
    LoadedFile old = known.loaded();
    try {
      LoadedFile again = load(applied.loaded(), old.file(), old.content());
      return new RouteFileState(
          known.file(), known.findings(), known.content(), again.withVersion(old.version()));
    } catch (RouteFileException e) {
      LOG.error("route file stopped file={} reason={}", known.file().name(), e.getMessage());
      return null;
    }
  }

  /** Stops what runs of a file that was deleted on this node. */
  void end(RouteFileState state) {
    String name = state.file().name();
    remove(state);
    keep(
        () -> {
          versions.deleted(name);
          return 0;
        });
    LOG.info("route file deleted file={}", name);
  }

  /** Stops what runs of a file that was deleted on another node. */
  void endAsElsewhere(RouteFileState state) {
    String name = state.file().name();
    remove(state);
    versions.followed(name);
    LOG.info("route file deleted elsewhere file={}", name);
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
}
