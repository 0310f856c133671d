package org.mqttintegration.console.history;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.LineStream;

/** An export on its way to a browser, and how far it is. */
final class Export {

  /** How it stands. */
  enum State {
    RUNNING,
    DONE,
    CANCELLED,
    FAILED
  }

  private final long account;
  private final @Nullable Instant from;
  private final Instant to;
  private volatile @Nullable LineStream lines;
  private volatile State state = State.RUNNING;

  /**
   * An export that begins.
   *
   * @param account whose it is
   * @param from from when its messages are, null for the oldest
   * @param to until when, null for now
   */
  Export(long account, @Nullable Instant from, @Nullable Instant to) {
    this.account = account;
    this.from = from;
    this.to = earlier(to, Instant.now());
  }

  private static Instant earlier(@Nullable Instant one, Instant other) {
    return one != null && one.isBefore(other) ? one : other;
  }

  boolean isOf(long other) {
    return account == other;
  }

  /** Its lines, which end in an error when it is cancelled. */
  InputStream follow(InputStream body) {
    lines = body instanceof LineStream stream ? stream : null;
    return new FilterInputStream(body) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        if (state == State.CANCELLED) {
          throw new IOException("The export was cancelled.");
        }
        return super.read(into, offset, length);
      }
    };
  }

  synchronized void cancel() {
    if (state == State.RUNNING) {
      state = State.CANCELLED;
    }
  }

  synchronized void end(boolean whole) {
    if (state == State.RUNNING) {
      state = whole ? State.DONE : State.FAILED;
    }
  }

  public String state() {
    return state.name().toLowerCase(Locale.ROOT);
  }

  public boolean running() {
    return state == State.RUNNING;
  }

  /** How many messages it has so far. */
  public long messages() {
    LineStream known = lines;
    return known == null ? 0 : known.lines();
  }

  /** The time that it came back to, null when nothing was read yet. */
  public @Nullable Instant reached() {
    LineStream known = lines;
    return known == null ? null : known.reached();
  }

  /** How much of its time it has, in percent; null when it goes back to whenever. */
  public @Nullable Long percent() {
    Instant now = reached();
    if (from == null || now == null) {
      return null;
    }
    long all = Math.max(1, Duration.between(from, to).toMillis());
    long left = Math.max(0, Duration.between(from, now).toMillis());
    return Math.max(0, Math.min(100, 100 - left * 100 / all));
  }
}
