package org.mqttintegration.resource;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;

/** The filters of lists. Each lets everything through when it is not asked for. */
public final class Filter {

  private Filter() {}

  /** The rows whose field has that value. */
  public static <E> Specification<E> equal(String field, @Nullable Object value) {
    return (row, query, where) -> value == null ? null : where.equal(row.get(field), value);
  }

  /** The rows whose field contains a text, in upper or lower case. */
  public static <E> Specification<E> contains(String field, @Nullable String text) {
    if (text == null) {
      return (row, query, where) -> null;
    }
    String pattern = "%" + text.toLowerCase(Locale.ROOT).replaceAll("[\\\\%_]", "\\\\$0") + "%";
    return (row, query, where) -> where.like(where.lower(row.get(field)), pattern, '\\');
  }
}
