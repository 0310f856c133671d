package org.mqttintegration.routefile.check;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the YAML of a file into nodes that know their lines. */
final class YamlText {

  /** The most characters of a file. */
  static final int LIMIT = 1_000_000;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setLabel("file").setUseMarks(true).setCodePointLimit(LIMIT).build();

  private YamlText() {}

  /** The file's only document, null when a finding says why there is none. */
  static @Nullable Node read(String text, Findings findings) {
    if (text.length() > LIMIT) {
      findings.add(1, 1, "A route file has at most %d characters.".formatted(LIMIT));
      return null;
    }
    try {
      return checkEvents(text, findings) ? compose(text, findings) : null;
    } catch (MarkedYamlEngineException e) {
      String problem = sentence(e.getProblem());
      e.getProblemMark()
          .ifPresentOrElse(mark -> findings.add(mark, problem), () -> findings.add(1, 1, problem));
    } catch (YamlEngineException e) {
      findings.add(1, 1, sentence(String.valueOf(e.getMessage())));
    }
    return null;
  }

  private static @Nullable Node compose(String text, Findings findings) {
    Node root = new Compose(SETTINGS).composeString(text).orElse(null);
    if (root == null) {
      findings.add(1, 1, "The file is empty: it needs a route, as in - route: …");
    }
    return root;
  }

  /** Nodes that stand in many places would let a small file become a huge one. */
  private static boolean checkEvents(String text, Findings findings) {
    int documents = 0;
    for (Event event : new Parse(SETTINGS).parseString(text)) {
      if (event instanceof AliasEvent alias) {
        event
            .getStartMark()
            .ifPresent(
                mark ->
                    findings.add(
                        mark, "Write out what *%s stands for.".formatted(alias.getAlias())));
        return false;
      }
      if (event instanceof DocumentStartEvent && ++documents > 1) {
        event
            .getStartMark()
            .ifPresent(mark -> findings.add(mark, "A file holds one document: remove the ---."));
        return false;
      }
    }
    return true;
  }

  private static String sentence(String problem) {
    String text = problem.strip();
    return "This is no YAML: %s%s".formatted(text, text.endsWith(".") ? "" : ".");
  }
}
