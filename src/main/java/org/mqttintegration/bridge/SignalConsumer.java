package org.mqttintegration.bridge;

import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.bridge.Reception.Receipt;
import org.mqttintegration.bridge.trace.Run;
import org.mqttintegration.history.RecordedMessage;
import org.mqttintegration.node.Lease;
import org.mqttintegration.node.LeaseHolder;
import org.mqttintegration.telemetry.TraceSpan;

/**
 * Begins an exchange for each message that its endpoint asks for, after its commit; on the node
 * that has the route's lease.
 */
final class SignalConsumer extends DefaultConsumer implements LeaseHolder {

  /** How long exchanges may take to end when the route stops, before they are interrupted. */
  private static final long GRACE_MILLIS = 1_000;

  private static final long INTERRUPTED_MILLIS = 500;
  private static final long IDLE_SECONDS = 10;
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;

  private final SignalEndpoint endpoint;
  private @Nullable Receptions parts;
  private @Nullable String lease;
  private @Nullable Beginning beginning;
  private @Nullable Reception reception;
  private @Nullable ExecutorService workers;
  private @Nullable Thread reader;

  SignalConsumer(SignalEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    Receptions found = endpoint.getCamelContext().getRegistry().findSingleByType(Receptions.class);
    if (found == null) {
      throw new IllegalStateException("There is no history to receive from");
    }
    parts = found;
    if (endpoint.getDurable() != null) {
      found.claim(endpoint.getDurable(), getRouteId());
    }
    lease = Lease.ofRoute(Objects.requireNonNullElse(endpoint.getDurable(), getRouteId()));
    beginning = Beginning.now(found, endpoint.getDurable());
    found.leases().want(lease, this);
  }

  /** This node has the route now. */
  @Override
  public void granted(Lease granted) {
    ExecutorServiceManager threads = endpoint.getCamelContext().getExecutorServiceManager();
    ExecutorService pool = pool(threads);
    Reception next = new Reception(endpoint, getRouteId(), parts(), this::end, pool, granted);
    workers = pool;
    next.open(beginning == null ? null : beginning.placeIfRecent());
    reception = next;
    Thread thread = threads.newThread("signal-receive-" + getRouteId(), next);
    reader = thread;
    thread.start();
  }

  @Override
  public void leave(Lease left) {
    Reception stopping = reception;
    if (stopping != null) {
      stopping.stop();
      try {
        end(stopping);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      reception = null;
    }
  }

  private ExecutorService pool(ExecutorServiceManager threads) {
    int size = endpoint.getConcurrency();
    return threads.newThreadPool(
        this,
        "signal-" + getRouteId(),
        new ThreadPoolProfileBuilder("signal-" + getRouteId())
            .poolSize(size)
            .maxPoolSize(size)
            .maxQueueSize(Integer.MAX_VALUE) // what waits is bounded by the window
            .keepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS)
            .allowCoreThreadTimeOut(true)
            .build());
  }

  /** Has the route work on a message; whether it has ended, in success or as a dead letter. */
  private boolean end(RecordedMessage message, Receipt receipt) {
    Exchange exchange = route(message, receipt);
    long pause = FIRST_PAUSE_MILLIS;
    // only where a file has an error handler of its own; else the step is tried again by itself
    while (isToComeAgain(exchange, receipt)) {
      receipt.targetAway(exchange.getException());
      Run.toComeAgain(exchange);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      if (!receipt.awaitLease()) {
        return false;
      }
      exchange = route(message, receipt);
    }
    if (exchange.getException() != null) {
      return keepFailed(exchange, message, receipt);
    }
    Run.endOf(exchange);
    return true;
  }

  private static boolean isToComeAgain(Exchange exchange, Receipt receipt) {
    return exchange.getException() != null
        && receipt.isDurable()
        && receipt.isWanted()
        && !Thread.currentThread().isInterrupted()
        && TargetAway.isMeantBy(exchange.getException());
  }

  private Exchange route(RecordedMessage message, Receipt receipt) {
    Exchange exchange = createExchange(true);
    TraceSpan span = ExchangeTrace.begin(parts().traces(), exchange, message, getRouteId());
    try (LogContext context = LogContext.of(message, getRouteId(), span)) {
      process(exchange, message, receipt);
    }
    if (span != null) {
      span.end(exchange.getException());
    }
    return exchange;
  }

  private void process(Exchange exchange, RecordedMessage message, Receipt receipt) {
    SignalHeaders.fill(exchange.getMessage(), message, parts().filter().brokerOf(message));
    Hops.begin(exchange, message);
    exchange.setProperty(Redelivery.RECEIPT, receipt);
    parts().trace().begin(exchange, message.id(), getRouteId());
    receipt.worksOn(exchange);
    try {
      getProcessor().process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    }
    receipt.worksOn(null);
  }

  private Receptions parts() {
    return Objects.requireNonNull(parts);
  }

  /** A durable route waits until its dead letter is stored. */
  private boolean keepFailed(Exchange failed, RecordedMessage message, Receipt receipt) {
    Message original = createExchange(true).getMessage();
    SignalHeaders.fill(original, message, parts().filter().brokerOf(message));
    DeadLetters deadLetters = parts().deadLetters();
    while (receipt.awaitLease() && !Thread.currentThread().isInterrupted()) {
      Long id = deadLetters.keep(failed, original);
      if (id != null || !receipt.isDurable()) {
        Run.failed(failed, id);
        return true;
      }
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }
    Run.toComeAgain(failed);
    return false;
  }

  @Override
  protected void doStop() throws Exception {
    String name = lease;
    if (name != null) {
      lease = null;
      parts().leases().unwant(name);
      if (endpoint.getDurable() != null) {
        parts().release(endpoint.getDurable(), getRouteId());
      }
    }
    super.doStop();
  }

  private void end(Reception stopping) throws InterruptedException {
    Thread thread = Objects.requireNonNull(reader);
    thread.interrupt();
    thread.join(GRACE_MILLIS);
    ExecutorService pool = Objects.requireNonNull(workers);
    pool.shutdown();
    if (!pool.awaitTermination(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
      pool.shutdownNow();
      pool.awaitTermination(INTERRUPTED_MILLIS, TimeUnit.MILLISECONDS);
    }
    endpoint.getCamelContext().getExecutorServiceManager().shutdownNow(pool);
    stopping.close();
  }
}
