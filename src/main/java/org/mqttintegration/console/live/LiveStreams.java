package org.mqttintegration.console.live;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.mqttintegration.console.ConsolePaths;
import org.mqttintegration.console.ConsoleSettings;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The streams of all open pages. Twice a second each is told what changed, once however often it
 * did. They end before the web server waits for its last requests.
 */
@Controller
class LiveStreams implements SmartLifecycle {

  /** Then the browser opens a new one, if whoever it was is still signed in. */
  private static final long LIFE_MILLIS = TimeUnit.MINUTES.toMillis(15);

  private static final int WRITERS = 4;

  private final Changes changes;
  private final int most;
  private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
  private final ExecutorService writers =
      Executors.newFixedThreadPool(WRITERS, new CustomizableThreadFactory("live-"));
  private volatile boolean running;

  LiveStreams(Changes changes, ConsoleSettings settings) {
    this.changes = changes;
    this.most = settings.livePages();
  }

  @GetMapping(path = ConsolePaths.BASE + "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<SseEmitter> stream() {
    if (!running || streams.size() >= most) {
      return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build();
    }
    SseEmitter emitter = new SseEmitter(LIFE_MILLIS);
    LiveStream stream = new LiveStream(emitter, changes.versions(), streams::remove);
    emitter.onCompletion(() -> streams.remove(stream));
    emitter.onTimeout(emitter::complete);
    streams.add(stream);
    return ResponseEntity.ok().header("X-Accel-Buffering", "no").body(emitter);
  }

  /** How many are open. */
  int open() {
    return streams.size();
  }

  @Scheduled(fixedRate = 500, timeUnit = TimeUnit.MILLISECONDS)
  void tick() {
    if (!streams.isEmpty()) {
      long[] versions = changes.versions();
      streams.forEach(stream -> stream.tick(versions, writers));
    }
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    streams.forEach(LiveStream::end);
    writers.shutdown();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
