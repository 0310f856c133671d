package org.mqttintegration.routefile;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.node.Notice;
import org.mqttintegration.node.Notices;
import org.mqttintegration.node.NoticesMissed;
import org.mqttintegration.resource.DaemonThreads;
import org.mqttintegration.routefile.check.RouteFileSettings;
import org.mqttintegration.routefile.check.RouteText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Where the database is the source of the route files: keeps this node's folder a copy of what is
 * there. What any node applies is a version, and the others write the newest one into their
 * folders; a file that is wrong stays on its node until it is right.
 */
@Component
class RouteFileCopies {

  private static final Logger LOG = LoggerFactory.getLogger(RouteFileCopies.class);

  /** How often it looks without being told. */
  private static final long INTERVAL_SECONDS = 10;

  private final RouteFolder folder;
  private final RouteFiles files;
  private final RouteFileVersions versions;
  private final boolean used;

  /** The newest version of each file that this node has, or had. */
  private final Map<String, Integer> followed = new ConcurrentHashMap<>();

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, new DaemonThreads("route-file-copies-"));
  private volatile boolean failing;

  RouteFileCopies(
      RouteFolder folder,
      RouteFiles files,
      RouteFileVersions versions,
      RouteFileSettings settings) {
    this.folder = folder;
    this.files = files;
    this.versions = versions;
    this.used = settings.source() == RouteFileSettings.Source.DATABASE;
  }

  /** Before the files are read at the start: brings the folder up to date. */
  void bringUp() {
    if (used) {
      attempt(this::writeAll);
    }
  }

  /** Has the folder follow from now on. */
  void start() {
    if (used) {
      thread.scheduleWithFixedDelay(
          this::follow, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }
  }

  @EventListener(ContextClosedEvent.class)
  void stop() {
    thread.shutdownNow();
  }

  @EventListener
  void on(Notice notice) {
    if (notice.isOf(Notices.ROUTE_FILE)) {
      followSoon();
    }
  }

  @EventListener(NoticesMissed.class)
  void followSoon() {
    if (used) {
      try {
        thread.execute(this::follow);
      } catch (RejectedExecutionException e) {
        LOG.debug("stopping", e);
      }
    }
  }

  /** Has what others saved of a file, before somebody changes it here. */
  void catchUp(String name) {
    if (used) {
      attempt(
          () -> {
            RouteFileVersion newest = versions.newest(name).filter(this::isNewer).orElse(null);
            if (newest != null) {
              takeOver(newest);
            }
          });
    }
  }

  /** Takes over what is newer in the database. */
  void follow() {
    attempt(
        () -> {
          if (!folder.exists()) {
            writeAgain();
          }
          for (RouteFileVersion newest : versions.newest()) {
            if (isOther(newest)) {
              files.change(() -> follow(newest.name()));
            }
          }
        });
  }

  private boolean isOther(RouteFileVersion newest) {
    return isNewer(newest) || !newest.deletes() && files.find(newest.name()) == null;
  }

  private boolean isNewer(RouteFileVersion newest) {
    return newest.version() > followed.getOrDefault(newest.name(), 0);
  }

  /** Asks again: this node may have saved one itself before it had its turn here. */
  private void follow(String name) throws IOException {
    RouteFileVersion newest = read(name);
    if (isNewer(newest)) {
      takeOver(newest);
    } else if (isOther(newest) && folder.read(name) == null) {
      versions.deleted(name); // here while the database was away, and so for all
    }
  }

  private void takeOver(RouteFileVersion newest) throws IOException {
    String name = newest.name();
    RouteText there = newest.file();
    RouteFileState known = files.find(name);
    RouteText file = known == null ? null : known.file();
    if (!Objects.equals(folder.read(name), file)) {
      return; // somebody has just saved it here, and it becomes a version first
    }
    if (!Objects.equals(file, there)) {
      folder.store(name, there);
      files.follow(newest);
    }
    followed.put(name, newest.version());
  }

  /** The newest version of a file, with its content. */
  private RouteFileVersion read(String name) {
    return versions
        .newest(name)
        .orElseThrow(() -> new EmptyResultDataAccessException("There is no version.", 1));
  }

  /** What this node has goes into a folder that is gone; what it lacks is followed anew. */
  private void writeAgain() throws IOException {
    files.change(
        () -> {
          followed.keySet().removeIf(name -> files.find(name) == null);
          folder.create();
          for (RouteFileState state : files.all()) {
            folder.write(state.file());
          }
        });
  }

  private void writeAll() throws IOException {
    folder.create();
    for (RouteFileVersion each : versions.newest()) {
      String name = each.name();
      RouteFileVersion newest = read(name);
      RouteText here = folder.read(name);
      RouteText there = newest.file();
      if (!Objects.equals(here, there) && !isEdit(here, newest)) {
        folder.store(name, there);
        LOG.info("route file copied file={} version={}", name, newest.version());
      }
      followed.put(name, newest.version());
    }
  }

  /** Whether a file was changed in this folder after that version, and not left behind by it. */
  private boolean isEdit(@Nullable RouteText here, RouteFileVersion newest) throws IOException {
    if (here == null) {
      return false;
    }
    Integer known = versions.numberOf(here);
    return known == null
        ? folder.isModifiedAfter(here.name(), newest.appliedAt())
        : known > newest.version();
  }

  /** What fails while the database or the file system is away is done again. */
  private void attempt(RouteFiles.Change<IOException> attempt) {
    try {
      attempt.make();
      failing = false;
    } catch (IOException | DataAccessException | TransactionException e) {
      if (!failing) {
        failing = true;
        LOG.error("route files not copied directory={} reason={}", folder, Failure.sentence(e));
      }
    } catch (RuntimeException e) {
      LOG.error("route files not copied directory={}", folder, e);
    }
  }
}
