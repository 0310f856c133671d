package org.mqttintegration.routefile.check;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.routefile.check.Allowed.Kind;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Holds every text of a file to what is allowed, wherever it stands: Camel replaces placeholders
 * everywhere, and evaluates functions of the language simple in many places.
 */
final class StrictText {

  /** What a template writes together with its own texts. */
  private static final Pattern UNSAFE_VALUE =
      Pattern.compile(
          ".*([${}?&%]|\\.\\.|source:|\\bref:|\\bbean:).*|[/~#].+|.*:[/\\\\].*", Pattern.DOTALL);

  static final String UNSAFE =
      "The value of a parameter has none of $ { } ? & % and no .., and is no path from the root.";

  private static final Pattern REFERENCE =
      Pattern.compile("\\s*#(class|type|bean|property|autowired|valueAs)\\b.*", Pattern.DOTALL);

  private static final Pattern RESOURCE = Pattern.compile("\\s*(resource:|ref:).*", Pattern.DOTALL);

  /** With the right value it would be {@code resource:}. */
  private static final Pattern PART_OF_RESOURCE =
      Pattern.compile("(r|re|res|reso|resou|resour|resourc|resource)\\{\\{.*", Pattern.DOTALL);

  private final Allowed allowed;
  private final Findings findings;
  private final SimpleRules simple;
  private Set<String> parameters = Set.of();

  StrictText(Allowed allowed, Findings findings) {
    this.allowed = allowed;
    this.findings = findings;
    this.simple = new SimpleRules(allowed);
  }

  void check(Node root) {
    if (root instanceof SequenceNode list) {
      for (Node block : list.getValue()) {
        parameters = parametersOf(block);
        parameters.stream()
            .filter(allowed.settings()::has)
            .forEach(name -> refuseName(block, name));
        visit(block);
      }
    } else {
      parameters = new KameletFile(root).parameters();
      parameters.stream().filter(allowed.settings()::has).forEach(name -> refuseName(root, name));
      visit(root);
    }
  }

  /** Whether a parameter may have that value. */
  static boolean isSafeValue(@Nullable String value) {
    return value == null || !UNSAFE_VALUE.matcher(value).matches();
  }

  /** The parameters that a template declares. */
  private static Set<String> parametersOf(Node block) {
    Set<String> names = new HashSet<>();
    NodeTuple template = Place.tuple(block, "routeTemplate");
    NodeTuple declared =
        template == null ? null : Place.tuple(template.getValueNode(), "parameters");
    if (declared != null && declared.getValueNode() instanceof SequenceNode list) {
      for (Node parameter : list.getValue()) {
        NodeTuple name = Place.tuple(parameter, "name");
        String text = name == null ? null : Place.text(name.getValueNode());
        if (text != null) {
          names.add(text);
        }
      }
    }
    return names;
  }

  /** The administrator's value is trusted, a parameter's is not. */
  private void refuseName(Node template, String name) {
    findings.add(template, "The parameter %s has a name of the settings.".formatted(name));
  }

  private void visit(Node node) {
    if (node instanceof ScalarNode scalar) {
      checkText(scalar, scalar.getValue());
    } else if (node instanceof SequenceNode list) {
      list.getValue().forEach(this::visit);
    } else if (node instanceof MappingNode block) {
      block.getValue().forEach(this::visitTuple);
    }
  }

  private void visitTuple(NodeTuple tuple) {
    visit(tuple.getKeyNode());
    visit(tuple.getValueNode());
    String key = Place.text(tuple.getKeyNode());
    String value = Place.text(tuple.getValueNode());
    boolean given = "defaultValue".equals(key) || "value".equals(key);
    if (given && !isSafeValue(value)) {
      findings.add(tuple.getValueNode(), UNSAFE);
    }
    if ("templatedRoute".equals(key)) {
      checkGiven(tuple.getValueNode());
    }
  }

  /** What a file hands to a template of another file. */
  private void checkGiven(Node block) {
    NodeTuple beans = Place.tuple(block, "beans");
    if (beans != null) {
      findings.add(beans.getKeyNode(), Allowed.refusal(Kind.STEP, "beans"));
    }
  }

  private void checkText(ScalarNode at, String text) {
    checkPlaceholders(at, text);
    for (String function : SimpleText.functions(text)) {
      String refusal = simple.refusal(function);
      if (refusal != null) {
        findings.add(at, refusal);
      }
    }
    if (REFERENCE.matcher(text).matches() && !allowed.has(Kind.REFERENCE, text)) {
      findings.add(at, Allowed.refusal(Kind.REFERENCE, text.strip()));
    }
    if (RESOURCE.matcher(text).matches() || PART_OF_RESOURCE.matcher(text).matches()) {
      findings.add(
          at, "Write the expression here: resource: and ref: are not allowed in strict mode.");
    }
  }

  private void checkPlaceholders(ScalarNode at, String text) {
    int begin = text.indexOf("{{");
    while (begin >= 0) {
      int end = text.indexOf("}}", begin);
      String content = end < 0 ? text.substring(begin + 2) : text.substring(begin + 2, end);
      checkPlaceholder(at, content);
      begin = end < 0 ? -1 : text.indexOf("{{", end);
    }
  }

  private static final Pattern NAMED =
      Pattern.compile("[?!]?\\s*(secret|env):([\\w.-]+)(:[^{}]*)?\\s*");
  private static final Pattern PLAIN = Pattern.compile("[?!]?\\s*([\\w.-]+)\\s*(:[^{}]*)?");

  private void checkPlaceholder(ScalarNode at, String content) {
    Matcher named = NAMED.matcher(content);
    if (named.matches()) {
      boolean variable = named.group(1).equals("env");
      if (variable && !named.group(2).startsWith(allowed.settings().prefix())) {
        findings.add(
            at,
            "Environment variables of route files begin with %s; %s does not."
                .formatted(allowed.settings().prefix(), named.group(2)));
      }
      return;
    }
    Matcher plain = PLAIN.matcher(content);
    String name = plain.matches() ? plain.group(1) : content;
    if (!parameters.contains(name)
        && !allowed.has(Kind.PROPERTY, name)
        && !(plain.matches() && allowed.settings().has(name))) {
      findings.add(at, Allowed.refusal(Kind.PROPERTY, name));
    }
  }
}
