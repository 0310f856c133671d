package org.mqttintegration.configuration.odoo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.mqttintegration.problem.ProblemException;

/** Reads a table as Odoo exports it in CSV. */
final class OdooTable {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

  /** What people write, which may be any word. */
  private static final Set<String> TEXTS =
      Set.of(
          "name", "display_name", "client_id", "username", "password", "note", "topic", "payload");

  /** Odoo puts a quote before what a spreadsheet would take for a formula. */
  private static final Pattern MARKED = Pattern.compile("'[=+-]");

  private OdooTable() {}

  /** The rows. Those that only go on with a list of the row before are left out. */
  static List<OdooRow> read(OdooModel model, String csv) {
    try (CSVParser parser = CSVParser.parse(csv.replaceFirst("^\ufeff", ""), FORMAT)) {
      List<OdooRow> rows = new ArrayList<>();
      List<String> fields = new ArrayList<>();
      long line = 1;
      for (CSVRecord found : parser) {
        if (fields.isEmpty()) {
          found.forEach(header -> fields.add(model.field(header)));
        } else {
          OdooRow row = row(line, found, fields);
          if (!row.isEmpty()) {
            rows.add(row);
          }
        }
        line = parser.getCurrentLineNumber() + 1;
      }
      return rows;
    } catch (UncheckedIOException | IOException e) {
      throw ProblemException.invalid(
          "", "The body is no CSV: a quote has no end, or no comma behind it.");
    }
  }

  private static OdooRow row(long line, CSVRecord found, List<String> fields) {
    if (found.size() > fields.size()) {
      throw ProblemException.invalid(
          "line " + line, "It has more fields than the first line has names.");
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      String value = i < found.size() ? value(fields.get(i), found.get(i)) : "";
      values.merge(fields.get(i), value, (one, other) -> one.isEmpty() ? other : one);
    }
    return new OdooRow(line, values);
  }

  /**
   * What a cell says. Odoo leaves it empty where nothing is: {@code False} is a flag, or a text of
   * people. Programs that read Odoo in other ways write it for nothing, as in relations and
   * numbers, where it can be nothing else.
   */
  private static String value(String field, String cell) {
    if (cell.equals("False") && !TEXTS.contains(field)) {
      return ""; // to a flag it is the same
    }
    return MARKED.matcher(cell).lookingAt() ? cell.substring(1) : cell;
  }
}
