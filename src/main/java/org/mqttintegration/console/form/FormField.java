package org.mqttintegration.console.form;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.api.RequestField;

/**
 * A field of a form, as it is drawn now.
 *
 * @param path where its value stands in the request, as in {@code tls.caFile}
 * @param label what people read for it
 * @param kind how it is drawn
 * @param of what the contract says of it
 * @param text its value
 * @param set whether a flag is set, or a group is there
 * @param withheld whether its value may not be shown, and therefore not be changed
 * @param error what is wrong with it
 * @param choices what there is to choose from
 * @param fields the fields of a group
 * @param rows the items of a list
 */
public record FormField(
    String path,
    String label,
    String kind,
    RequestField of,
    String text,
    boolean set,
    boolean withheld,
    @Nullable String error,
    List<Choice> choices,
    List<FormField> fields,
    List<List<FormField>> rows) {

  /** As an id of HTML. */
  public String id() {
    return "field-" + path.replaceAll("[^A-Za-z0-9]+", "-");
  }

  /** What helps to fill it in: the contract's words, without its marks. */
  public String hint() {
    return of.writeOnly() && of.nullable()
        ? "It is never shown. Left empty, the one that is stored stays."
        : of.description().replace("`", "");
  }

  /** Whether something below it, or it itself, is wrong. */
  public boolean wrong() {
    return error != null
        || fields.stream().anyMatch(FormField::wrong)
        || rows.stream().flatMap(List::stream).anyMatch(FormField::wrong);
  }

  /** The ids of what tells more of it, null when nothing does. */
  public @Nullable String describedBy() {
    String hint = of.description().isEmpty() ? "" : id() + "-hint";
    String told = error == null ? hint : (id() + "-error " + hint).trim();
    return told.isEmpty() ? null : told;
  }
}
