package org.mqttintegration.routefile.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.routefile.check.Allowed.Kind;

/** The functions of the language simple that read the message, and no more than that. */
final class SimpleRules {

  /** Entries of lists and maps; and methods that only tell something of a text or list. */
  private static final String TAIL =
      "(\\??\\[[^\\[\\]{}$]*])*(\\??\\.(size|length|isEmpty|trim|toLowerCase|toUpperCase)(\\(\\))?)*";

  private static final String NAME = "([.:][\\w-]+|\\[[^\\[\\]{}$]+])";

  private static final Pattern MESSAGE =
      Pattern.compile(
          "(in\\.)?body"
              + TAIL
              + "|(prettyBody|bodyOneLine|originalBody|headers|variables)(\\.(size|length))?"
              + "|((in\\.)?headers?|exchangeProperty|variables?)"
              + NAME
              + TAIL
              + "|id|messageTimestamp|exchangeId|routeId|fromRouteId|routeGroup|stepId|null|threadId"
              + "|threadName|hostName|hostname|camelId|exception(\\.(message|stacktrace|stackTrace))?"
              + "|file:[\\w.-]+|uuid",
          Pattern.DOTALL);

  /** Functions whose arguments are texts, or functions of their own. */
  private static final Pattern WITH_ARGUMENTS =
      Pattern.compile(
          "date:.*|date-with-timezone:.*"
              + "|(random|uuid|hash|empty|iif|list|map|join|replace|substring|skip|collate|pretty)"
              + "\\(.*\\)",
          Pattern.DOTALL);

  private static final Pattern WITH_TYPE =
      Pattern.compile(
          "(messageAs|bodyAs|mandatoryBodyAs|headerAs|variableAs)\\(([^(){}$,]+,)?([^(){}$,]+)\\)"
              + TAIL);

  private static final Pattern LANGUAGE = Pattern.compile("(jq|jsonpath)\\(.*\\)", Pattern.DOTALL);

  private static final Pattern FUNCTION = Pattern.compile("[\\w-]+");

  private final Allowed allowed;

  SimpleRules(Allowed allowed) {
    this.allowed = allowed;
  }

  /**
   * Why a function is not allowed, null when it is.
   *
   * @param function what stands within the braces
   */
  @Nullable String refusal(String function) {
    String text = function.strip();
    if (text.contains("{{")) {
      return "The function %s has to be written out in strict mode.".formatted(text);
    }
    Matcher type = WITH_TYPE.matcher(text);
    boolean harmless =
        MESSAGE.matcher(text).matches()
            || WITH_ARGUMENTS.matcher(text).matches()
            || type.matches() && allowed.has(Kind.CLASS, type.group(3).strip())
            || isLanguage(text);
    if (harmless) {
      return null;
    }
    Matcher name = FUNCTION.matcher(text);
    String found = name.lookingAt() ? name.group() : text;
    return allowed.has(Kind.FUNCTION, found)
        ? null
        : "The function %s is not allowed in strict mode. %s"
            .formatted(text, Allowed.remedy(Kind.FUNCTION, found));
  }

  private boolean isLanguage(String text) {
    Matcher language = LANGUAGE.matcher(text);
    return language.matches()
        && allowed.has(Kind.LANGUAGE, language.group(1))
        && JqText.isHarmless(text);
  }
}
