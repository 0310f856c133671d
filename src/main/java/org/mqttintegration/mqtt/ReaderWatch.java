package org.mqttintegration.mqtt;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Watches the thread that reads from a broker: how long it has waited for a byte, and whether it is
 * still there. While it hands over what it read, the broker is not to blame.
 */
final class ReaderWatch extends FilterInputStream {

  private volatile @Nullable Thread reader;
  private volatile boolean waiting;
  private volatile long since = System.nanoTime();

  ReaderWatch(InputStream in) {
    super(in);
  }

  /** For how many nanoseconds the reader has waited in vain. */
  long silence() {
    return waiting ? System.nanoTime() - since : 0;
  }

  /** Whether the thread that read last has ended. */
  boolean isReaderDead() {
    Thread last = reader;
    return last != null && !last.isAlive();
  }

  @Override
  public int read() throws IOException {
    begin();
    int octet = in.read();
    waiting = octet < 0;
    return octet;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    begin();
    int count = in.read(bytes, offset, length);
    waiting = count <= 0;
    return count;
  }

  /** A time-out of the socket leaves the reader waiting, until it comes again. */
  private void begin() {
    if (!waiting) {
      reader = Thread.currentThread();
      since = System.nanoTime();
      waiting = true;
    }
  }
}
