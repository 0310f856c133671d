package org.mqttintegration.configuration.odoo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a row says of a record: the fields that its file has columns of. An empty one is null, which
 * takes away what is stored; what Odoo knows nothing of is not there, and stays.
 */
final class OdooFields {

  private final OdooRow row;
  private final ObjectNode fields = JsonNodeFactory.instance.objectNode();

  OdooFields(OdooRow row) {
    this.row = row;
  }

  /** A text, where the file has that column. */
  OdooFields text(String column, String field) {
    if (row.has(column)) {
      fields.put(field, row.text(column));
    }
    return this;
  }

  /** A whole number, where the file has that column. */
  OdooFields number(String column, String field) {
    if (row.has(column)) {
      fields.put(field, row.number(column));
    }
    return this;
  }

  /** A flag, where the file has that column. */
  OdooFields flag(String column, String field) {
    if (row.has(column)) {
      fields.put(field, row.flag(column));
    }
    return this;
  }

  /** All of them; what columns alone do not tell is added there. */
  ObjectNode all() {
    return fields;
  }
}
