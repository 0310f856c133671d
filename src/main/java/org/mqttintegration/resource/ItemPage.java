package org.mqttintegration.resource;

import java.util.List;
import java.util.function.Function;
import org.springframework.data.domain.Page;

/**
 * One page of a list.
 *
 * @param items the items of the page, in the order that was asked for
 * @param page which page, from 0
 * @param size how many items a full page has
 * @param total how many items all pages have together
 */
public record ItemPage<T>(List<T> items, int page, int size, long total) {

  /** The page of views of a page of rows; all rows at once, so that look-ups can be shared. */
  public static <E, T> ItemPage<T> of(Page<E> rows, Function<List<E>, List<T>> views) {
    return new ItemPage<>(
        views.apply(rows.getContent()), rows.getNumber(), rows.getSize(), rows.getTotalElements());
  }
}
