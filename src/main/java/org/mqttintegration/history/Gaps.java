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
    return list(GapQuery.of(subscriptionId), page);
  }

  /** A page of gaps, newest first. */
  ItemPage<Gap> list(GapQuery query, Pageable page) {
    return new ItemPage<>(
        store.list(query, page.getPageSize(), page.getOffset()),
        page.getPageNumber(),
        page.getPageSize(),
        store.count(query));
  }
}
