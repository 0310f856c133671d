package org.mqttintegration.routefile;

import java.util.Optional;
import org.mqttintegration.activity.RecordDirectory;
import org.mqttintegration.activity.RecordEvent;
import org.mqttintegration.activity.RecordEvents;
import org.mqttintegration.activity.RecordKind;
import org.mqttintegration.activity.RecordRef;
import org.mqttintegration.bridge.DeadLetterKept;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Knows route files, for their stories, and tells of the dead letters of their routes. */
@Component
class RouteFileStory implements RecordDirectory {

  private final RouteFiles files;
  private final RouteFileVersions versions;
  private final RecordEvents events;

  RouteFileStory(RouteFiles files, RouteFileVersions versions, RecordEvents events) {
    this.files = files;
    this.versions = versions;
    this.events = events;
  }

  @Override
  public RecordKind kind() {
    return RecordKind.ROUTE_FILE;
  }

  /** One that was deleted has its story still. */
  @Override
  public Optional<String> name(String id) {
    return files.find(id) != null || versions.has(id) ? Optional.of(id) : Optional.empty();
  }

  @EventListener
  void on(DeadLetterKept kept) {
    RouteFileState file = files.ofRoute(kept.routeId());
    if (file != null) {
      String name = file.file().name();
      events.happened(
          RecordEvent.failure(
              new RecordRef(RecordKind.ROUTE_FILE, name, name),
              "deadLetter",
              "Dead letter %d of the route %s: %s"
                  .formatted(kept.id(), kept.routeId(), kept.exception())));
    }
  }
}
