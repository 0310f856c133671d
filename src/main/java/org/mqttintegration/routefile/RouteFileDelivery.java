package org.mqttintegration.routefile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.routefile.RouteFileService.Expected;
import org.mqttintegration.routefile.check.Finding;
import org.mqttintegration.routefile.check.RouteFileContent;
import org.mqttintegration.routefile.check.RouteText;
import org.springframework.stereotype.Component;

/** Route files that come together: checked beside each other, and applied one after the other. */
@Component
public class RouteFileDelivery {

  private static final Expected ANYTHING = new Expected(null, null);

  private final RouteFiles files;
  private final RouteFileService service;

  RouteFileDelivery(RouteFiles files, RouteFileService service) {
    this.files = files;
    this.service = service;
  }

  /** The files that are there, by name, as they are stored. */
  public List<RouteText> stored() {
    return files.all().stream().map(RouteFileState::file).toList();
  }

  /** Whether a file could have that name. */
  public static boolean isName(String name) {
    return RouteFolder.NAME.matcher(name).matches();
  }

  /**
   * What would be wrong with files if they came one after the other, as they do when they are
   * applied, and with those that stay but use one that goes; those that could run are left out.
   *
   * @param going the names of those that go before
   */
  public Map<String, List<Finding>> check(Collection<RouteText> coming, Collection<String> going) {
    RouteFileInspection then = files.inspection().without(going);
    List<RouteFileState> waiting = new ArrayList<>(ordered(coming));
    Map<String, List<Finding>> wrong = new LinkedHashMap<>();
    int before;
    do {
      before = waiting.size();
      wrong.clear();
      for (RouteFileState state : List.copyOf(waiting)) {
        RouteText file = state.file();
        List<Finding> findings = then.inspect(file).findings();
        if (findings.isEmpty()) {
          then = then.beside(file);
          waiting.remove(state);
        } else {
          wrong.put(file.name(), findings);
        }
      }
    } while (!waiting.isEmpty() && waiting.size() < before);
    if (waiting.isEmpty()) {
      return abandoned(coming, going, then);
    }
    Map<String, List<Finding>> causes = causes(waiting, then);
    return causes.isEmpty() ? wrong : causes;
  }

  /** Those that stay, and could not start again without a file that goes. */
  private Map<String, List<Finding>> abandoned(
      Collection<RouteText> coming, Collection<String> going, RouteFileInspection then) {
    List<RouteFileState> gone =
        files.all().stream().filter(state -> going.contains(state.file().name())).toList();
    Map<String, List<Finding>> wrong = new LinkedHashMap<>();
    for (RouteFileState state : files.all()) {
      String name = state.file().name();
      boolean stays = coming.stream().noneMatch(file -> file.name().equals(name));
      if (stays
          && !gone.contains(state)
          && !state.isRefused()
          && gone.stream().anyMatch(other -> UseOrder.uses(state, other))) {
        wrong.put(name, then.inspect(state.file()).findings());
      }
    }
    wrong.values().removeIf(List::isEmpty);
    return wrong;
  }

  /** Without what is wrong only because of others that are. */
  private static Map<String, List<Finding>> causes(
      List<RouteFileState> waiting, RouteFileInspection then) {
    RouteFileInspection all = then;
    for (RouteFileState state : waiting) {
      all = all.beside(state.file());
    }
    Map<String, List<Finding>> causes = new LinkedHashMap<>();
    for (RouteFileState state : waiting) {
      boolean isMadeOfWrong = waiting.stream().anyMatch(other -> UseOrder.uses(state, other));
      RouteText file = state.file();
      RouteFileContent found = isMadeOfWrong ? all.read(file) : all.inspect(file);
      if (!found.isValid()) {
        causes.put(file.name(), found.findings());
      }
    }
    return causes;
  }

  /**
   * Applies and stores files: each behind those that it is made of, and again while that lets
   * others come that waited for it, or for a route that it had.
   *
   * @return what is wrong with those that cannot run, by name; they are as they were
   */
  public Map<String, List<FieldError>> apply(Collection<RouteText> coming) {
    List<RouteText> waiting = ordered(coming).stream().map(RouteFileState::file).toList();
    Map<String, List<FieldError>> refused = attempt(waiting);
    while (!refused.isEmpty() && refused.size() < waiting.size()) {
      Set<String> again = refused.keySet();
      waiting = waiting.stream().filter(file -> again.contains(file.name())).toList();
      refused = attempt(waiting);
    }
    return refused;
  }

  private Map<String, List<FieldError>> attempt(List<RouteText> coming) {
    Map<String, List<FieldError>> refused = new LinkedHashMap<>();
    for (RouteText file : coming) {
      try {
        service.put(file, ANYTHING);
      } catch (ProblemException e) {
        if (e.type() != ProblemType.ROUTE_FILE_REFUSED) {
          throw e;
        }
        refused.put(file.name(), e.errors());
      }
    }
    return refused;
  }

  private List<RouteFileState> ordered(Collection<RouteText> coming) {
    return UseOrder.of(
        coming.stream()
            .map(file -> new RouteFileState(file, List.of(), files.inspection().apart(file), null))
            .toList());
  }

  /** Deletes a file and stops its routes. */
  public void delete(String name) {
    service.delete(name, ANYTHING);
  }
}
