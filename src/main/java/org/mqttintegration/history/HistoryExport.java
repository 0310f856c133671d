package org.mqttintegration.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.Csv;
import org.mqttintegration.resource.LineStream;
import org.mqttintegration.resource.WireName;
import org.springframework.stereotype.Component;

/** Writes messages as lines, newest first. They are read step by step, as the lines are. */
@Component
class HistoryExport {

  private static final String HEADER =
      Csv.line(
          "id",
          "timestamp",
          "direction",
          "brokerId",
          "subscriptionId",
          "signalId",
          "topic",
          "payload",
          "payloadWithheld",
          "payloadEncoding",
          "payloadSize",
          "payloadOmitted",
          "qos",
          "retain",
          "duplicate",
          "contentType",
          "payloadFormatIndicator",
          "messageExpiryInterval",
          "responseTopic",
          "correlationData",
          "subscriptionIdentifier",
          "userProperties",
          "displayName");

  private final HistoryQueries queries;
  private final ObjectMapper json;

  HistoryExport(HistoryQueries queries, ObjectMapper json) {
    this.queries = queries;
    this.json = json;
  }

  /** Each message as a JSON object on a line. */
  LineStream ndjson(HistoryQuery query, boolean withPayloads) {
    return new Lines(query, "", item -> object(item, withPayloads) + "\n").begin();
  }

  /** As RFC 4180 has it, with a header. */
  LineStream csv(HistoryQuery query, boolean withPayloads) {
    return new Lines(query, HEADER, item -> record(item, withPayloads)).begin();
  }

  /** The lines; each part of them is a step's messages. */
  private final class Lines extends LineStream {

    private final HistoryWalk walk;
    private final Function<HistoryItem, String> line;
    private @Nullable String header;

    Lines(HistoryQuery query, String header, Function<HistoryItem, String> line) {
      this.walk = new HistoryWalk(queries, query);
      this.header = header;
      this.line = line;
    }

    @Override
    protected byte @Nullable [] next() {
      String begin = header;
      header = null;
      if (begin != null && !begin.isEmpty()) {
        return begin.getBytes(StandardCharsets.UTF_8);
      }
      if (walk.isOver()) {
        return null;
      }
      List<HistoryItem> items = walk.next();
      Instant reached = walk.reached();
      progress(items.size(), reached);
      return items.stream()
          .map(line)
          .collect(Collectors.joining())
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  private String object(HistoryItem item, boolean withPayload) {
    if (withPayload) {
      return write(item);
    }
    ObjectNode object = json.valueToTree(item);
    object.putNull("payload").put("payloadWithheld", true);
    return write(object);
  }

  private String record(HistoryItem item, boolean withPayload) {
    return Csv.line(
        item.id(),
        item.timestamp(),
        item.direction().word(),
        item.brokerId(),
        item.subscriptionId(),
        item.signalId(),
        item.topic(),
        withPayload ? item.payload() : null,
        withPayload ? null : true,
        WireName.of(item.payloadEncoding()),
        item.payloadSize(),
        item.payloadOmitted(),
        item.qos(),
        item.retain(),
        item.duplicate(),
        item.contentType(),
        item.payloadFormatIndicator(),
        item.messageExpiryInterval(),
        item.responseTopic(),
        item.correlationData(),
        item.subscriptionIdentifier(),
        item.userProperties().isEmpty() ? null : write(item.userProperties()),
        item.displayName());
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
