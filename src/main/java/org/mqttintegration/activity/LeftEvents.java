package org.mqttintegration.activity;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Events that nobody could store before the application stopped, in a file of the data directory
 * until the next start.
 */
@Component
class LeftEvents {

  private static final Logger LOG = LoggerFactory.getLogger(LeftEvents.class);
  private static final TypeReference<List<RecordEvent>> EVENTS = new TypeReference<>() {};

  private final Path file;
  private final ObjectMapper json;

  LeftEvents(@Value("${mqtt-integration.data-directory:./data}") String data, ObjectMapper json) {
    this.file = Path.of(data, "record-events.json");
    this.json = json;
  }

  /** Keeps them behind those that are there, whole or not at all. */
  void keep(List<RecordEvent> more) {
    List<RecordEvent> events = new ArrayList<>(take());
    events.addAll(more);
    try {
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.write(part, json.writeValueAsBytes(events));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      LOG.warn("record events wait for the next start count={}", events.size());
    } catch (IOException e) {
      LOG.error("record events lost count={} reason={}", events.size(), e.toString());
    }
  }

  /** Gives those that were kept, and keeps them no more. */
  List<RecordEvent> take() {
    try {
      if (!Files.exists(file)) {
        return List.of();
      }
      List<RecordEvent> events = json.readValue(file.toFile(), EVENTS);
      Files.delete(file);
      return events;
    } catch (IOException e) {
      LOG.error("record events not read file={} reason={}", file, e.getClass().getSimpleName());
      return List.of();
    }
  }
}
