package org.mqttintegration.console.history;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.stereotype.Component;

/** The last exports of this node, by the ids that their pages chose. */
@Component
class Exports {

  private static final int MOST_KNOWN = 100;
  private static final int MOST_RUNNING = 8;

  private final Map<String, Export> exports = new LinkedHashMap<>();

  /**
   * Notes one that begins.
   *
   * @throws ProblemException when as many run as may, or its id is taken
   */
  synchronized Export begin(String id, Export export) {
    if (exports.containsKey(id)) {
      throw new ProblemException(
          ProblemType.CONFLICT, "This export was begun already. Open its page again.");
    }
    if (exports.values().stream().filter(Export::running).count() >= MOST_RUNNING) {
      throw new ProblemException(
          ProblemType.TOO_MANY_REQUESTS,
          "%d exports are running. Wait until one is done.".formatted(MOST_RUNNING));
    }
    while (exports.size() >= MOST_KNOWN) {
      exports.values().remove(oldestEnded());
    }
    exports.put(id, export);
    return export;
  }

  /** There is one: fewer run than are known. */
  private Export oldestEnded() {
    return exports.values().stream().filter(export -> !export.running()).findFirst().orElseThrow();
  }

  /** Somebody's own. */
  synchronized Optional<Export> find(String id, long account) {
    return Optional.ofNullable(exports.get(id)).filter(export -> export.isOf(account));
  }
}
