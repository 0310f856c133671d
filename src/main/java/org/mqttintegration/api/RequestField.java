package org.mqttintegration.api;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field that a request may have, as the contract says: for who draws forms.
 *
 * @param name its name in JSON or in the query
 * @param description what it is, in the contract's Markdown
 * @param type what it holds
 * @param required whether a request must have it
 * @param nullable whether null says something
 * @param writeOnly whether it is never read back, as passwords are
 * @param payload whether it holds payloads, which not everybody may read
 * @param choices the values that it may have, empty when there are no set ones
 * @param preset what is taken without it, null when that is nothing
 * @param bounds how large it may be
 * @param fields the fields below it: of a group, or of each item of a list
 */
public record RequestField(
    String name,
    String description,
    Type type,
    boolean required,
    boolean nullable,
    boolean writeOnly,
    boolean payload,
    List<String> choices,
    @Nullable Object preset,
    Bounds bounds,
    List<RequestField> fields) {

  /** The same, where who asks fills it in when it is left empty. */
  public RequestField asOptional(String description) {
    return new RequestField(
        name,
        description,
        type,
        false,
        nullable,
        writeOnly,
        payload,
        choices,
        preset,
        bounds,
        fields);
  }

  /** What a field holds. */
  public enum Type {
    /** Text in a line. */
    TEXT,
    /** Text of many lines. */
    LINES,
    /** An instant. */
    INSTANT,
    /** A whole number. */
    NUMBER,
    /** True or false. */
    FLAG,
    /** Fields of its own. */
    GROUP,
    /** Items, each with the same fields. */
    LIST,
    /** Any JSON object. */
    OBJECT
  }

  /**
   * How large a value may be; null where nothing is said.
   *
   * @param least the least number
   * @param most the largest number
   * @param minLength the least number of characters
   * @param maxLength the largest number of characters
   */
  public record Bounds(
      @Nullable BigDecimal least,
      @Nullable BigDecimal most,
      @Nullable Integer minLength,
      @Nullable Integer maxLength) {}
}
