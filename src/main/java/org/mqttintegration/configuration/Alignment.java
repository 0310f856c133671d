package org.mqttintegration.configuration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mqttintegration.configuration.ItemChange.Kind;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;

/**
 * Makes of the stored records what a document says, in one transaction. What is wrong is collected,
 * so that all of it is told at once.
 */
final class Alignment {

  private final List<Section> sections;
  private final ConfigurationDocument document;
  private final List<FieldError> errors;
  private final List<ItemChange> changes = new ArrayList<>();
  private final Map<String, Map<String, StoredItem>> stored = new HashMap<>();
  private final Map<String, Map<String, Wanted>> wanted = new HashMap<>();
  private int unchanged;

  /** An item of the document, and where it is. */
  private record Wanted(String place, ObjectNode item) {}

  /**
   * An alignment.
   *
   * @param sections in the order in which their records refer to each other
   * @param errors what is wrong with the document; more of it is added
   */
  Alignment(List<Section> sections, ConfigurationDocument document, List<FieldError> errors) {
    this.sections = sections;
    this.document = document;
    this.errors = errors;
  }

  List<ItemChange> changes() {
    return changes;
  }

  int unchanged() {
    return unchanged;
  }

  /**
   * Does it.
   *
   * @param prune whether records go that their section of the document does not have
   * @throws ProblemException when anything is wrong; the transaction is to be rolled back
   */
  void run(boolean prune) {
    sections.forEach(this::read);
    if (prune) {
      List<Section> backwards = new ArrayList<>(sections);
      Collections.reverse(backwards); // what refers to others goes before them
      backwards.forEach(this::prune);
    }
    for (Section section : sections) {
      wantedOf(section)
          .forEach((key, item) -> attempt(item.place(), () -> put(section, key, item)));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
  }

  private Map<String, StoredItem> storedOf(Section section) {
    return stored.computeIfAbsent(section.name(), name -> new LinkedHashMap<>());
  }

  private Map<String, Wanted> wantedOf(Section section) {
    return wanted.computeIfAbsent(section.name(), name -> new LinkedHashMap<>());
  }

  private void read(Section section) {
    section.stored().forEach(item -> storedOf(section).put(item.key(), item));
    Map<String, Wanted> named = wantedOf(section);
    List<ObjectNode> items = document.items(section.name());
    for (int i = 0; i < items.size(); i++) {
      Wanted item = new Wanted(ConfigurationDocument.place(section.name(), i), items.get(i));
      attempt(
          item.place(),
          () -> {
            if (named.putIfAbsent(section.key(item.item()), item) != null) {
              throw ProblemException.invalid("", "The document has it twice.");
            }
          });
    }
  }

  private void prune(Section section) {
    if (!document.has(section.name()) || !errors.isEmpty()) {
      return; // a section that is not there says nothing, and one with faults not enough
    }
    Set<String> kept = wantedOf(section).keySet();
    for (StoredItem item : List.copyOf(storedOf(section).values())) {
      if (!kept.contains(item.key()) && !item.over()) {
        attempt(section.name(), () -> section.remove(item.id()));
        storedOf(section).remove(item.key());
        changes.add(ItemChange.of(section.name(), item.key(), Kind.REMOVED));
      }
    }
  }

  private void put(Section section, String key, Wanted wanted) {
    StoredItem before = storedOf(section).get(key);
    if (before == null) {
      long id = section.add(wanted.item());
      changes.add(ItemChange.of(section.name(), key, Kind.ADDED).over(section.isOver(id)));
      return;
    }
    Set<String> secrets = section.secrets(before, wanted.item());
    if (secrets.isEmpty() && section.isSame(before, wanted.item())) {
      unchanged++;
      return;
    }
    section.replace(before, wanted.item());
    ObjectNode then = section.read(before.id());
    then.setAll(numberOf(before));
    ItemChange change = ItemChange.between(section.name(), key, before.fields(), then, secrets);
    if (change.fields().isEmpty()) {
      unchanged++;
    } else {
      changes.add(change.over(section.isOver(before.id())));
    }
  }

  /** What only tells it from others that are alike does not change. */
  private static ObjectNode numberOf(StoredItem item) {
    return item.fields().deepCopy().retain("number");
  }

  private void attempt(String place, Runnable work) {
    try {
      work.run();
    } catch (ProblemException e) {
      List<FieldError> placed = placed(place, e);
      if (e.type() != ProblemType.INVALID_REQUEST) {
        throw new ProblemException(e.type(), e.detail(), placed);
      }
      errors.addAll(placed);
    } catch (RuntimeException e) {
      if (errors.isEmpty()) {
        throw e;
      }
      throw ProblemException.invalid(errors); // it may be what comes of those
    }
  }

  private static List<FieldError> placed(String place, ProblemException problem) {
    if (problem.errors().isEmpty()) {
      return List.of(new FieldError(place, problem.detail()));
    }
    return problem.errors().stream()
        .map(error -> new FieldError(joined(place, error.field()), error.message()))
        .toList();
  }

  private static String joined(String place, String field) {
    String named = field.replaceFirst("^(broker|subscription|signal)Id\\b", "$1");
    return named.isEmpty() ? place : place + "." + named;
  }
}
