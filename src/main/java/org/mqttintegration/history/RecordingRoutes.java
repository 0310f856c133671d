package org.mqttintegration.history;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** How messages come into the history. */
@Component
class RecordingRoutes extends RouteBuilder {

  // With sharedEntityManager the row is written on the connection of Spring's own transaction. By
  // default camel-jpa opens a second connection, and commits it when the caller's has committed.
  private static final String PERSIST =
      "?usePersist=true&sharedEntityManager=true&joinTransaction=false";

  private final GroupCommit groupCommit;

  RecordingRoutes(GroupCommit groupCommit) {
    this.groupCommit = groupCommit;
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
  }
}
