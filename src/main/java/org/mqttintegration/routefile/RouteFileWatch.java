package org.mqttintegration.routefile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.routefile.RouteFolder.Stamp;
import org.mqttintegration.routefile.check.RouteFileSettings;
import org.mqttintegration.routefile.check.RouteText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Takes up route files as they are saved. It looks again and again, which works on every file
 * system, and takes a file when two looks saw the same: so no half of a save is ever applied.
 */
@Component
class RouteFileWatch {

  private static final Logger LOG = LoggerFactory.getLogger(RouteFileWatch.class);

  private static final long INTERVAL_MILLIS = 300;

  /** How many looks must see the same of a file that does not end as editors end files. */
  private static final int LOOKS_AT_UNFINISHED = 4;

  private final RouteFolder folder;
  private final RouteFiles files;
  private final RouteFileCopies copies;
  private final boolean enabled;
  private final Map<String, Sight> sights = new HashMap<>();
  private @Nullable ScheduledExecutorService looks;
  private boolean unreadable;

  RouteFileWatch(
      RouteFolder folder, RouteFiles files, RouteFileCopies copies, RouteFileSettings settings) {
    this.folder = folder;
    this.files = files;
    this.copies = copies;
    this.enabled = settings.watch();
  }

  /**
   * What the last looks saw of a file.
   *
   * @param stamp size and time, null when it is gone
   * @param file its content, null when it is gone
   * @param times how many looks saw the same
   * @param taken whether it was taken up
   */
  private record Sight(@Nullable Stamp stamp, @Nullable RouteText file, int times, boolean taken) {

    boolean isComplete() {
      boolean finished = file == null || file.text().endsWith("\n");
      return times >= (finished ? 2 : LOOKS_AT_UNFINISHED);
    }

    boolean isOf(@Nullable Stamp other) {
      return Objects.equals(stamp, other);
    }

    /** How many looks saw the same, with one that saw this. */
    int timesBefore(@Nullable Stamp newStamp, @Nullable RouteText newFile) {
      return isOf(newStamp) && Objects.equals(file, newFile) && !taken ? times + 1 : 1;
    }

    Sight asTaken() {
      return new Sight(stamp, file, times, true);
    }
  }

  /** Behind the connections, so that what the files send finds them. */
  @EventListener(ApplicationReadyEvent.class)
  @Order(Ordered.LOWEST_PRECEDENCE - 1_000)
  void start() {
    copies.bringUp();
    List<RouteText> found = new ArrayList<>();
    try {
      for (Map.Entry<String, Stamp> entry : folder.list().entrySet()) {
        RouteText file = folder.read(entry.getKey());
        if (file != null) {
          found.add(file);
          sights.put(entry.getKey(), new Sight(entry.getValue(), file, 1, true));
        }
      }
    } catch (IOException e) {
      report(e);
    }
    LOG.info("route files directory={} count={}", folder, found.size());
    files.start(found);
    copies.start();
    if (enabled) {
      watch();
    }
  }

  private void watch() {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "route-files");
              thread.setDaemon(true);
              return thread;
            });
    executor.scheduleWithFixedDelay(
        this::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    looks = executor;
  }

  @EventListener(ContextClosedEvent.class)
  void stop() {
    if (looks != null) {
      looks.shutdown();
    }
  }

  /** Looks once. */
  void look() {
    try {
      Map<String, Stamp> stamps = folder.list();
      unreadable = false;
      TreeSet<String> names = new TreeSet<>(sights.keySet());
      names.addAll(stamps.keySet());
      for (String name : names) {
        look(name, stamps.get(name));
      }
    } catch (IOException e) {
      report(e);
    } catch (RuntimeException e) {
      LOG.error("route files not looked at", e);
    }
  }

  private void report(IOException failure) {
    if (!unreadable) {
      unreadable = true;
      LOG.error("route files not read directory={} reason={}", folder, failure.getMessage());
    }
  }

  private void look(String name, @Nullable Stamp stamp) throws IOException {
    Sight before = sights.get(name);
    if (before != null && before.taken() && before.isOf(stamp)) {
      return;
    }
    RouteText file = stamp == null ? null : folder.read(name);
    Sight now = new Sight(stamp, file, before == null ? 1 : before.timesBefore(stamp, file), false);
    sights.put(name, now);
    if (now.isComplete()) {
      take(name, now);
    }
  }

  /** What REST put or deleted since that look is not undone. */
  private void take(String name, Sight sight) {
    files.change(
        () -> {
          if (folder.isStill(name, sight.stamp())) {
            take(name, sight.file());
          }
        });
    if (sight.file() == null) {
      sights.remove(name);
    } else {
      sights.put(name, sight.asTaken());
    }
  }

  private void take(String name, @Nullable RouteText file) {
    if (file == null) {
      files.gone(name);
    } else {
      files.take(file);
    }
  }
}
