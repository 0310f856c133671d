package org.mqttintegration.console.explore;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** JSON with a line for each value; numbers stay as they were written. */
final class PrettyJson {

  private static final int LARGEST = 1024 * 1024;
  private static final JsonFactory JSON = new JsonFactory();

  private PrettyJson() {}

  /** An object or an array in lines, null when a text is neither or too large. */
  static @Nullable String of(String text) {
    String begun = text.stripLeading();
    if (text.length() > LARGEST || !(begun.startsWith("{") || begun.startsWith("["))) {
      return null;
    }
    StringWriter lines = new StringWriter();
    try (JsonParser parser = JSON.createParser(text);
        JsonGenerator generator = JSON.createGenerator(lines)) {
      generator.setPrettyPrinter(printer());
      int depth = 0;
      while (parser.nextToken() != null) {
        if (depth == 0 && lines.getBuffer().length() > 0) {
          return null; // something follows
        }
        copy(parser, generator);
        depth += parser.currentToken().isStructStart() ? 1 : 0;
        depth -= parser.currentToken().isStructEnd() ? 1 : 0;
        if (depth == 0) {
          generator.flush();
        }
      }
    } catch (IOException e) {
      return null;
    }
    return lines.toString();
  }

  private static void copy(JsonParser parser, JsonGenerator generator) throws IOException {
    if (parser.currentToken().isNumeric()) {
      generator.writeNumber(parser.getText());
    } else {
      generator.copyCurrentEvent(parser);
    }
  }

  private static DefaultPrettyPrinter printer() {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter(
            Separators.createDefaultInstance().withObjectFieldValueSpacing(Spacing.AFTER))
        .withObjectIndenter(lines)
        .withArrayIndenter(lines);
  }
}
