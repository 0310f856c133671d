package org.mqttintegration.history;

import org.mqttintegration.resource.ItemPage;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Component;

/** When messages of a subscription may have been missed. */
@Component
public class Gaps {

  private final GapStore store;

  Gaps(GapStore store) {
    this.store = store;
  }

  /**
   * A page of a subscription's gaps, newest first. What happened in the last second may be absent.
   */
  public ItemPage<Gap> list(long subscriptionId, Pageable page) {
    return new ItemPage<>(
        store.list(subscriptionId, page.getPageSize(), page.getOffset()),
        page.getPageNumber(),
        page.getPageSize(),
        store.count(subscriptionId));
  }
}
