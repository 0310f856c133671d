package org.mqttintegration.routefile.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys and lists that are open at a line of YAML, by their indentation alone: what somebody is
 * typing is no YAML yet.
 */
final class Outline {

  private static final Pattern KEY = Pattern.compile("(['\"]?)([\\w.$-]+)\\1:(?=\\s|$)[ \\t]*");

  private final List<Step> open = new ArrayList<>();
  private int textBelow = -1;

  /**
   * A key, or an entry of a list.
   *
   * @param key the key, null for an entry
   * @param line its line, from 0
   * @param column its column, from 0
   */
  record Step(@Nullable String key, int line, int column) {

    boolean isItem() {
      return key == null;
    }
  }

  /** Reads the next line. */
  void read(String text, int line) {
    int at = indentation(text);
    if (at == text.length() || text.charAt(at) == '#' || isText(at)) {
      return;
    }
    textBelow = -1;
    int content = enterItems(text, line, at);
    Matcher key = key(text, content);
    if (key != null) {
      enterKey(key.group(2), line, content);
      String value = text.substring(key.end());
      if (value.matches("[|>][-+0-9]*\\s*(#.*)?")) {
        textBelow = content;
      }
    }
  }

  /** Whether what begins at that column belongs to the text of a key above, such as {@code |}. */
  boolean isText(int column) {
    return textBelow >= 0 && column > textBelow;
  }

  /**
   * Enters the entries of lists that begin in a line, each with its hyphen.
   *
   * @return the column of what they hold
   */
  int enterItems(String text, int line, int from) {
    int at = from;
    while (at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) == ' ') {
      while (!open.isEmpty()
          && (last().column() > at || last().column() == at && last().isItem())) {
        open.remove(open.size() - 1);
      }
      open.add(new Step(null, line, at));
      at++;
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
    }
    return at;
  }

  /** Ends what does not hold something at that column. */
  void leave(int column) {
    while (!open.isEmpty() && last().column() >= column) {
      open.remove(open.size() - 1);
    }
  }

  void enterKey(String key, int line, int column) {
    leave(column);
    open.add(new Step(key, line, column));
  }

  private Step last() {
    return open.get(open.size() - 1);
  }

  /** What is open, the outermost first. */
  List<Step> open() {
    return List.copyOf(open);
  }

  static int indentation(String text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  /** The key that begins there, with its colon and the space behind it; null when none does. */
  static @Nullable Matcher key(String text, int from) {
    Matcher key = KEY.matcher(text).region(from, text.length());
    return key.lookingAt() ? key : null;
  }
}
