package org.mqttintegration.console.live;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The stream of one page. */
final class LiveStream {

  /** Without a change a page looks again this often: other nodes change things too. */
  private static final int BEAT_TICKS = 10;

  private final SseEmitter emitter;
  private final AtomicBoolean writing = new AtomicBoolean();
  private final Consumer<LiveStream> gone;
  private long[] told;
  private int ticks;

  /**
   * The stream of a page.
   *
   * @param versions those that the page shows
   * @param gone what to do when nobody reads it any more
   */
  LiveStream(SseEmitter emitter, long[] versions, Consumer<LiveStream> gone) {
    this.emitter = emitter;
    this.told = versions;
    this.gone = gone;
  }

  /**
   * Tells the page what changed since it was told last. A page that reads slowly is not waited for:
   * it is told the newest when it is done.
   */
  void tick(long[] versions, Executor writers) {
    if (!writing.compareAndSet(false, true)) {
      return;
    }
    try {
      writers.execute(() -> write(versions));
    } catch (RejectedExecutionException stopping) {
      writing.set(false);
    }
  }

  private void write(long[] versions) {
    try {
      for (Part part : Part.values()) {
        if (versions[part.ordinal()] != told[part.ordinal()]) {
          send(part.event());
        }
      }
      told = versions;
      if (++ticks % BEAT_TICKS == 0) {
        send("beat");
      }
    } catch (IOException | IllegalStateException e) {
      gone.accept(this); // the page was closed; the container ends the request
    } finally {
      writing.set(false);
    }
  }

  private void send(String event) throws IOException {
    emitter.send(SseEmitter.event().name(event).data(""));
  }

  void end() {
    emitter.complete();
  }
}
