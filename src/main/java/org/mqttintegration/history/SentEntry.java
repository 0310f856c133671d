package org.mqttintegration.history;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes a {@link SentMessage} in the body a row to store. */
@Component
class SentEntry implements Processor {

  private final HistoryIds ids;
  private final HistorySettings settings;

  SentEntry(HistoryIds ids, HistorySettings settings) {
    this.ids = ids;
    this.settings = settings;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    HistoryEntry entry =
        HistoryEntry.sent(exchange.getMessage().getMandatoryBody(SentMessage.class))
            .limitedTo(settings.maxPayload().toBytes());
    entry.setId(ids.next());
    exchange.getMessage().setBody(entry);
  }
}
