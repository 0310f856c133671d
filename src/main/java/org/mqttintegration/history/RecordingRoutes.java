package org.mqttintegration.history;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** How messages come into the history. */
@Component
class RecordingRoutes extends RouteBuilder {

  /** A header after {@code direct:recordSent}: the id of the row, a Long. */
  static final String HISTORY_ID = "mqttHistoryId";

  // With sharedEntityManager the row is written on the connection of Spring's own transaction. By
  // default camel-jpa opens a second connection, and commits it when the caller's has committed.
  private static final String PERSIST =
      "?usePersist=true&sharedEntityManager=true&joinTransaction=false";

  private final GroupCommit groupCommit;
  private final SentEntry sentEntry;

  RecordingRoutes(GroupCommit groupCommit, SentEntry sentEntry) {
    this.groupCommit = groupCommit;
    this.sentEntry = sentEntry;
  }

  @Override
  public void configure() {
    // whoever calls decides what a failure means
    errorHandler(noErrorHandler());

    from(BatchWriter.WRITE)
        .routeId("writeHistory")
        .routeDescription("Stores a list of history entries in one transaction")
        // with the entity's name instead of List, a list would be one row
        .to("jpa:java.util.List" + PERSIST);

    from("direct:recordReceived")
        .routeId("recordReceived")
        .routeDescription("Stores a received message; goes on after the commit")
        .process(groupCommit);

    from("direct:recordSent")
        .routeId("recordSent")
        .routeDescription("Stores a SentMessage in the caller's transaction")
        .process(sentEntry)
        .to("jpa:" + HistoryEntry.class.getName() + PERSIST)
        .setHeader(HISTORY_ID)
        .body(HistoryEntry.class, HistoryEntry::getId);
  }
}
