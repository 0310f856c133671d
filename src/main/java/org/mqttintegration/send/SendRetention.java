package org.mqttintegration.send;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Deletes sends, batches and Idempotency-Keys that nobody will ask for any more. */
@Component
class SendRetention {

  private static final Logger LOG = LoggerFactory.getLogger(SendRetention.class);
  private static final int CHUNK = 5_000;

  private final SendStore store;
  private final BatchStore batches;
  private final IdempotencyKeys keys;
  private final SendSettings settings;

  SendRetention(SendStore store, BatchStore batches, IdempotencyKeys keys, SendSettings settings) {
    this.store = store;
    this.batches = batches;
    this.keys = keys;
    this.settings = settings;
  }

  /** In chunks, so that none of it takes long. */
  @Scheduled(initialDelay = 1, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
  void deleteOld() {
    try {
      Instant now = Instant.now();
      int sends;
      int old;
      do {
        sends = store.deleteFinished(now.minus(settings.keep()), CHUNK);
        old = keys.deleteOld(now.minus(settings.idempotencyKeep()), CHUNK);
      } while (sends == CHUNK || old == CHUNK);
      batches.deleteOld(now.minus(settings.keep()), CHUNK);
    } catch (DataAccessException | TransactionException e) {
      LOG.debug("old sends not deleted", e); // the next time
    }
  }
}
