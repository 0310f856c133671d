package org.mqttintegration.broker;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.springframework.stereotype.Component;

/** Looks brokers up, for the features that use them. */
@Component
public class Brokers {

  /**
   * The order in which brokers are connected when the application is ready. Consumers register
   * before: a session that is resumed sends at once what it queued, and each message must find its
   * subscription.
   */
  public static final int CONNECT_ORDER = 1_000;

  private final BrokerRepository repository;
  private final BrokerNames names;

  Brokers(BrokerRepository repository, BrokerNames names) {
    this.repository = repository;
    this.names = names;
  }

  /** Whether there is a broker with that id. */
  public boolean exists(long id) {
    return repository.existsById(id);
  }

  /**
   * Those of these brokers that are there, and stay until the present transaction ends: whoever
   * removes one waits, and sees what was stored.
   */
  public Set<Long> lockForUse(Collection<Long> ids) {
    return Set.copyOf(repository.lockForUse(ids));
  }

  /** The names of the brokers with these ids; without those that are not there. */
  public Map<Long, String> names(Collection<Long> ids) {
    return repository.findByIdIn(ids).stream()
        .collect(Collectors.toMap(BrokerEntity::id, broker -> broker.name));
  }

  /** The name of a broker, as it was moments ago; null when there is no such broker. */
  public @Nullable String nameOf(long id) {
    String known = names.all().get(id);
    return known != null ? known : repository.findById(id).map(broker -> broker.name).orElse(null);
  }

  /** The names of all brokers, in their order. */
  public List<String> names() {
    return repository.findAll().stream().map(broker -> broker.name).sorted().toList();
  }

  /**
   * The Client Identifier of a broker.
   *
   * @throws ProblemException when there is no such broker
   */
  public String clientId(long id) {
    return repository
        .findById(id)
        .map(broker -> broker.clientId)
        .orElseThrow(() -> ProblemException.notFound("broker", id));
  }

  /**
   * How the shared subscriptions of a broker are spread.
   *
   * @throws ProblemException when there is no such broker
   */
  public Sharing sharing(long id) {
    return repository
        .findById(id)
        .map(BrokerEntity::sharing)
        .orElseThrow(() -> ProblemException.notFound("broker", id));
  }

  /** The id of the broker with that name, null when there is none. */
  public @Nullable Long idOf(String name) {
    return repository.findByName(name).map(BrokerEntity::id).orElse(null);
  }
}
