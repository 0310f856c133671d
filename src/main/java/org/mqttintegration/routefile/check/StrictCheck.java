package org.mqttintegration.routefile.check;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.mqttintegration.routefile.check.Allowed.Kind;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Holds steps, languages, data formats, and what they refer to, to what is allowed. */
final class StrictCheck {

  /** Keys that name a bean; a reference runs code that the file does not show. */
  private static final Pattern REFERENCE =
      Pattern.compile(
          "ref|bean|method|.*Ref|.*MethodName|aggregationStrategy|aggregationRepository"
              + "|aggregateController|executorService|timeoutCheckerExecutorService|onPrepare"
              + "|idempotentRepository|logger|comparator|consumerListener|untilCheck|routePolicy"
              + "|predicateExceptionFactory|objectMapper|schemaResolver|xmlMapper|moduleRefs");

  /** Keys that name a class. */
  private static final Pattern CLASS =
      Pattern.compile(
          "type|.*Type|.*Class|.*ClassName|moduleClassNames|jsonView|allowedUnmarshallType");

  /** Keys that name an exception. */
  private static final Set<String> EXCEPTION = Set.of("exception", "exceptionType");

  /** Of the keys above those that name something else, and references that are harmless. */
  private static final Set<String> HARMLESS =
      Set.of("routeTemplateRef", "inputType", "outputType", "contentType");

  private final Allowed allowed;
  private final Findings findings;
  private final Surroundings surroundings;

  StrictCheck(Allowed allowed, Findings findings, Surroundings surroundings) {
    this.allowed = allowed;
    this.findings = findings;
    this.surroundings = surroundings;
  }

  void check(List<Place> places, Set<String> templates) {
    for (Place place : places) {
      if (place.isOfFile() && FileRules.BEYOND.contains(place.key())) {
        continue; // refused anyway
      }
      if (place.isStep() || place.isOfFile()) {
        require(place, Kind.STEP, place.key());
      } else if (place.isExpression()) {
        require(place, Kind.LANGUAGE, place.key());
      } else if (place.isDataFormat()) {
        require(place, Kind.DATA_FORMAT, place.key());
      } else if (place.key().matches(".*ErrorHandler|deadLetterChannel|beans|serviceCall.*")) {
        require(place, Kind.STEP, place.key());
      }
      if (place.isStep() && place.key().equals("kamelet")) {
        checkKamelet(place);
      } else if (place.text() != null) {
        checkText(place, Objects.requireNonNull(place.text()), templates);
      }
      if (place.isExpression()) {
        checkExpression(place);
      }
    }
  }

  private void checkKamelet(Place step) {
    String name = step.text() != null ? step.text() : Place.text(step.child("name"));
    if (name != null && !surroundings.kamelets().contains(name)) {
      findings.add(step.at(), "There is no kamelet %s beside the route files.".formatted(name));
    }
    if (step.child("parameters") instanceof MappingNode block) {
      for (NodeTuple parameter : block.getValue()) {
        if (!StrictText.isSafeValue(Place.text(parameter.getValueNode()))) {
          findings.add(parameter.getValueNode(), StrictText.UNSAFE);
        }
      }
    }
  }

  private void require(Place place, Kind kind, String name) {
    if (!allowed.has(kind, name)) {
      findings.add(place.at(), Allowed.refusal(kind, name));
    }
  }

  private void checkText(Place place, String text, Set<String> templates) {
    String key = place.key();
    if (place.isStep() && key.startsWith("convert")) {
      require(place, Kind.CLASS, text);
    } else if (place.isStep()
        || place.isExpression()
        || place.isOfFile()
        || HARMLESS.contains(key)) {
      if (key.equals("routeTemplateRef") && !templates.contains(text)) {
        findings.add(place.value(), "No route file has a template %s.".formatted(text));
      }
    } else if (EXCEPTION.contains(key)) {
      checkException(place, text);
    } else if (key.equals("logLanguage")) {
      require(place, Kind.LANGUAGE, text);
    } else if (key.equals("required") && text.equals("false")) {
      checkOptional(place);
    } else if (REFERENCE.matcher(key).matches()) {
      require(place, Kind.REFERENCE, text);
    } else if (CLASS.matcher(key).matches() && place.shape().choices().isEmpty()) {
      require(place, Kind.CLASS, text);
    }
  }

  /** Camel makes what is named with a text, and looks only then whether it is an exception. */
  private void checkException(Place place, String name) {
    if (!allowed.has(Kind.CLASS, name) && !isThrowable(name)) {
      findings.add(place.value(), "There is no exception %s.".formatted(name));
    }
  }

  private static boolean isThrowable(String name) {
    try {
      ClassLoader loader = StrictCheck.class.getClassLoader();
      return Throwable.class.isAssignableFrom(Class.forName(name, false, loader));
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /** What nobody gives, Camel would look for in the environment. */
  private void checkOptional(Place required) {
    Place parameter = required.parent();
    if (parameter != null && parameter.key().equals("parameters")) {
      if (Place.text(parameter.child("defaultValue")) == null) {
        findings.add(required.at(), "A parameter that is not required needs a defaultValue.");
      }
    }
  }

  private void checkExpression(Place place) {
    String text = place.text() != null ? place.text() : Place.text(place.child("expression"));
    if (text != null && place.key().equals("jq") && !JqText.isHarmless(text)) {
      findings.add(place.at(), JqText.REFUSAL);
    }
  }
}
