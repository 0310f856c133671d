package org.mqttintegration.bridge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.mqttintegration.history.FeedFilter;
import org.mqttintegration.history.FeedPage;
import org.mqttintegration.history.FeedPage.FeedMessage;
import org.mqttintegration.history.FeedPosition;
import org.mqttintegration.history.HistoryFeed;
import org.mqttintegration.history.RecordedMessage;
import org.springframework.stereotype.Component;

/** What a route would have received: for trying one on the history. */
@Component
public class ReceptionTrial {

  private static final int PAGE = 200;

  private final HistoryFeed feed;
  private final ReceiveFilter filters;

  ReceptionTrial(HistoryFeed feed, ReceiveFilter filters) {
    this.feed = feed;
    this.filters = filters;
  }

  /**
   * The messages that an endpoint asks for, in the order in which they were recorded.
   *
   * @param from the earliest time of receipt, inclusive
   * @param to the latest, exclusive
   * @param limit how many at most
   */
  public List<RecordedMessage> messages(
      SignalEndpoint endpoint, Instant from, Instant to, int limit) {
    FeedFilter filter = filters.of(endpoint);
    FeedPosition place = feed.before(from);
    List<RecordedMessage> found = new ArrayList<>();
    while (true) {
      FeedPage page = feed.read(place, filter, PAGE);
      for (FeedMessage read : page.messages()) {
        RecordedMessage message = read.message();
        if (found.size() == limit || !message.timestamp().isBefore(to)) {
          return found;
        }
        if (!message.timestamp().isBefore(from)) {
          found.add(message);
        }
      }
      if (page.reached().equals(place)) {
        return found;
      }
      place = page.reached();
    }
  }

  /** Makes an exchange of a message, as the route has it. */
  public void fill(Exchange exchange, RecordedMessage message) {
    SignalHeaders.fill(exchange.getMessage(), message, filters.brokerOf(message));
  }
}
