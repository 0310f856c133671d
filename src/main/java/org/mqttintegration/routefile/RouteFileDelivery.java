package org.mqttintegration.routefile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.routefile.RouteFileService.Expected;
import org.mqttintegration.routefile.check.Finding;
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
   * What would be wrong with files if all of them were there; those that could run are left out.
   */
  public Map<String, List<Finding>> check(Collection<RouteText> coming) {
    RouteFileInspection then = files.inspection().beside(coming);
    Map<String, List<Finding>> wrong = new LinkedHashMap<>();
    for (RouteText file : coming) {
      List<Finding> findings = then.inspect(file).findings();
      if (!findings.isEmpty()) {
        wrong.put(file.name(), findings);
      }
    }
    return wrong;
  }

  /**
   * Applies and stores files: those first that others are made of, and once more those that may
   * have waited for another one.
   *
   * @return what is wrong with those that cannot run, by name; they are as they were
   */
  public Map<String, List<FieldError>> apply(Collection<RouteText> coming) {
    List<RouteText> waiting = new ArrayList<>(coming);
    waiting.sort((one, other) -> Boolean.compare(isLibrary(other), isLibrary(one)));
    Map<String, List<FieldError>> refused = attempt(waiting);
    waiting.removeIf(file -> !refused.containsKey(file.name()));
    return refused.isEmpty() || refused.size() == coming.size() ? refused : attempt(waiting);
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

  private boolean isLibrary(RouteText file) {
    return files.inspection().apart(file).isLibrary();
  }

  /** Deletes a file and stops its routes. */
  public void delete(String name) {
    service.delete(name, ANYTHING);
  }
}
