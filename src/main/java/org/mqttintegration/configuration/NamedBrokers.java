package org.mqttintegration.configuration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.problem.ProblemException;
import org.springframework.stereotype.Component;

/** Brokers by their names, as items refer to them. */
@Component
class NamedBrokers {

  static final String FIELD = "broker";

  private final Brokers brokers;

  NamedBrokers(Brokers brokers) {
    this.brokers = brokers;
  }

  /** The names of brokers, by their ids. */
  Map<Long, String> of(Collection<Long> ids) {
    return brokers.names(Set.copyOf(ids));
  }

  /** Says which broker a record is of. */
  static void put(ObjectNode item, Map<Long, String> names, long id) {
    item.put(FIELD, names.getOrDefault(id, ""));
  }

  /** The broker that an item names. */
  long id(ObjectNode item) {
    Long id = brokers.idOf(ItemFields.text(item, FIELD));
    if (id == null) {
      throw ProblemException.invalid(FIELD, "There is no broker of that name.");
    }
    return id;
  }

  /** Puts the broker's id in place of its name. */
  long resolve(ObjectNode item) {
    long id = id(item);
    item.remove(FIELD);
    item.put("brokerId", id);
    return id;
  }
}
