package org.mqttintegration.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.Csv;
import org.springframework.stereotype.Component;

/** Writes the audit as lines, newest first. Read page by page, as they are asked for. */
@Component
class AuditExport {

  private static final String HEADER =
      "id,at,recordedAt,actor,actorKind,recordKind,recordId,recordName,kind,event,severity,text,changes,mentions\r\n";

  private final AuditQueries queries;
  private final ObjectMapper json;

  AuditExport(AuditQueries queries, ObjectMapper json) {
    this.queries = queries;
    this.json = json;
  }

  /** Each entry as a JSON object on a line. */
  InputStream ndjson(AuditQuery query) {
    return lines(query, "", entry -> write(entry) + "\n");
  }

  /** As RFC 4180 has it, with a header. */
  InputStream csv(AuditQuery query) {
    return lines(query, HEADER, this::row);
  }

  private InputStream lines(AuditQuery query, String header, Function<AuditEntry, String> line) {
    Enumeration<InputStream> pages =
        new Enumeration<>() {
          private boolean first = true;
          private @Nullable AuditPage page;

          @Override
          public boolean hasMoreElements() {
            return page == null || page.nextCursor() != null;
          }

          @Override
          public InputStream nextElement() {
            String cursor = page == null ? null : page.nextCursor();
            Long before = cursor == null ? query.before() : Long.valueOf(cursor);
            AuditPage next = queries.list(query.next(before));
            page = next;
            String text = next.items().stream().map(line).collect(Collectors.joining());
            String all = first ? header + text : text;
            first = false;
            return new ByteArrayInputStream(all.getBytes(StandardCharsets.UTF_8));
          }
        };
    return new SequenceInputStream(pages);
  }

  private String row(AuditEntry entry) {
    return Stream.of(
                entry.id(),
                entry.at(),
                entry.recordedAt(),
                entry.actor(),
                entry.actorKind(),
                entry.recordKind().word(),
                entry.recordId(),
                entry.recordName(),
                entry.kind().word(),
                entry.event(),
                entry.severity().word(),
                Objects.requireNonNullElse(entry.text(), ""),
                entry.changes().isEmpty() ? "" : write(entry.changes()),
                String.join(" ", entry.mentions()))
            .map(value -> cell(value.toString()))
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  /** A spreadsheet would work out what begins as a formula; behind an apostrophe it is text. */
  static String cell(String value) {
    return Csv.field(value.matches("(?s)[=+\\-@\t\r].*") ? "'" + value : value);
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
