package org.mqttintegration.routefile.check;

import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.routefile.check.Outline.Step;

/**
 * Where somebody types in a route file.
 *
 * @param lines the file
 * @param path what the place stands in, the outermost first; the key itself where a value is typed
 * @param kind what is typed there
 * @param typed what is typed already
 * @param column the column, from 0, where that begins
 */
record CursorPlace(List<String> lines, List<Step> path, Kind kind, String typed, int column) {

  enum Kind {
    KEY,
    VALUE,
    /** Of a text of several lines. */
    TEXT
  }

  /**
   * The place before a column.
   *
   * @param line the line, from 0
   * @param column the column, from 0
   */
  static CursorPlace of(String text, int line, int column) {
    List<String> lines = text.lines().toList();
    Outline outline = new Outline();
    for (int i = 0; i < Math.min(line, lines.size()); i++) {
      outline.read(lines.get(i), i);
    }
    String all = line < lines.size() ? lines.get(line) : "";
    String before = all.substring(0, Math.min(column, all.length()));
    int begin = Outline.indentation(before);
    if (outline.isText(begin)) {
      return new CursorPlace(lines, outline.open(), Kind.TEXT, before.substring(begin), begin);
    }
    int content = outline.enterItems(before, line, begin);
    Matcher key = Outline.key(before, content);
    if (key == null) {
      outline.leave(content);
      return new CursorPlace(lines, outline.open(), Kind.KEY, before.substring(content), content);
    }
    outline.enterKey(key.group(2), line, content);
    int value = key.end();
    if (value < before.length() && "'\"".indexOf(before.charAt(value)) >= 0) {
      value++;
    }
    return new CursorPlace(lines, outline.open(), Kind.VALUE, before.substring(value), value);
  }

  /** The innermost key, null when there is none. */
  @Nullable String key() {
    return path.isEmpty() ? null : path.get(path.size() - 1).key();
  }

  /** The key around the innermost one, null when there is none. */
  @Nullable String parent() {
    for (int i = path.size() - 2; i >= 0; i--) {
      if (!path.get(i).isItem()) {
        return path.get(i).key();
      }
    }
    return null;
  }

  /** The same further in or out: without the last steps. */
  List<Step> without(int last) {
    return path.subList(0, Math.max(0, path.size() - last));
  }

  /** What stands behind a key of the block that a step is in, null when the key is not there. */
  @Nullable String beside(Step step, String key) {
    String found = null;
    for (int i = step.line(); i >= 0 && found == null; i--) {
      found = value(lines.get(i), step.column(), key);
      if (isOutside(lines.get(i), step.column())) {
        break; // the block began here, behind a hyphen, or before
      }
    }
    for (int i = step.line() + 1; i < lines.size() && found == null; i++) {
      if (isOutside(lines.get(i), step.column())) {
        break;
      }
      found = value(lines.get(i), step.column(), key);
    }
    return found;
  }

  private static boolean isOutside(String line, int column) {
    return !line.isBlank() && Outline.indentation(line) < column;
  }

  private static @Nullable String value(String line, int column, String key) {
    int begin = new Outline().enterItems(line, 0, Outline.indentation(line));
    Matcher found = begin == column ? Outline.key(line, begin) : null;
    return found != null && found.group(2).equals(key)
        ? line.substring(found.end()).strip().replaceAll("^['\"]|['\"]$", "")
        : null;
  }
}
