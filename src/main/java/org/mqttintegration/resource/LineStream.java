package org.mqttintegration.resource;

import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Lines that are made part by part, as they are read, however many they become. How far it is may
 * be asked by another thread.
 */
public abstract class LineStream extends InputStream {

  private static final byte[] NOTHING = {};

  private byte @Nullable [] part = NOTHING;
  private int at;
  private volatile long lines;
  private volatile @Nullable Instant reached;

  /** The next part, which may be empty; null at the end. What it throws, the reader meets. */
  protected abstract byte @Nullable [] next();

  /** Notes how far it is. */
  protected final void progress(long moreLines, @Nullable Instant newReached) {
    lines += moreLines;
    reached = newReached;
  }

  /** How many lines were made, a header not counted. */
  public final long lines() {
    return lines;
  }

  /** The time of the last of them, null before the first. */
  public final @Nullable Instant reached() {
    return reached;
  }

  /** Reads the first part now, so that a failure is met before anything is read. */
  public final LineStream begin() {
    part = next();
    return this;
  }

  private boolean hasMore() {
    while (part != null && at == part.length) {
      part = next();
      at = 0;
    }
    return part != null;
  }

  @Override
  public int read() {
    return hasMore() && part != null ? part[at++] & 0xff : -1;
  }

  /** Of one part at most: what is made is not held back for what is not. */
  @Override
  public int read(byte[] into, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (!hasMore() || part == null) {
      return -1;
    }
    int count = Math.min(length, part.length - at);
    System.arraycopy(part, at, into, offset, count);
    at += count;
    return count;
  }
}
