package org.mqttintegration.configuration.odoo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.mqttintegration.problem.ProblemException;

/** Reads a table as Odoo exports it in CSV. */
final class OdooTable {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

  private OdooTable() {}

  /**
   * The rows. Those that only go on with a list of the row before are left out, and empty fields
   * are: Odoo writes them for what is not there, and some versions {@code False}.
   */
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
      String value = i < found.size() ? found.get(i) : "";
      String empty = value.equals("False") && isText(fields.get(i)) ? "" : value;
      values.merge(fields.get(i), empty, (one, other) -> one.isEmpty() ? other : one);
    }
    return new OdooRow(line, values);
  }

  /** Where False is Odoo's word for nothing; as a payload it is one. */
  private static boolean isText(String field) {
    return !field.equals("payload");
  }
}
