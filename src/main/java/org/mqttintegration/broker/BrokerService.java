package org.mqttintegration.broker;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.activity.Story;
import org.mqttintegration.mqtt.ConnectionCheck;
import org.mqttintegration.mqtt.ConnectionOptions;
import org.mqttintegration.mqtt.ConnectionProbe;
import org.mqttintegration.node.Notices;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.ItemPage;
import org.mqttintegration.resource.MergePatch;
import org.mqttintegration.resource.UnitOfWork;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;

/**
 * The operations on brokers. They commit by themselves and change connections afterwards, so they
 * are not to be called inside a transaction; but for {@link UnitOfWork#together}.
 */
@Service
public class BrokerService {

  private static final Map<String, Supplier<ProblemException>> CONSTRAINTS =
      Map.of(
          "broker_name_key",
          () -> taken("name", "Another broker has this name."),
          "broker_client_id_key",
          () -> taken("clientId", "Another broker has this client id."),
          "subscription_broker_id_fkey",
          BrokerService::usedMeanwhile,
          "signal_broker_id_fkey",
          BrokerService::usedMeanwhile);

  private final BrokerRepository repository;
  private final BrokerCredentials credentials;
  private final BrokerConnections connections;
  private final ConnectionProbe probe;
  private final BrokerViews views;
  private final OptionsCheck check;
  private final MergePatch mergePatch;
  private final UnitOfWork unitOfWork;
  private final ApplicationEventPublisher events;
  private final Story story;
  private final Notices notices;

  BrokerService(
      BrokerRepository repository,
      BrokerCredentials credentials,
      BrokerConnections connections,
      ConnectionProbe probe,
      BrokerViews views,
      OptionsCheck check,
      MergePatch mergePatch,
      UnitOfWork unitOfWork,
      ApplicationEventPublisher events,
      Story story,
      Notices notices) {
    this.notices = notices;
    this.repository = repository;
    this.credentials = credentials;
    this.connections = connections;
    this.probe = probe;
    this.views = views;
    this.check = check;
    this.mergePatch = mergePatch;
    this.unitOfWork = unitOfWork;
    this.events = events;
    this.story = story;
  }

  /** The brokers that a filter lets through. */
  public ItemPage<Broker> list(BrokerFilter filter, Pageable page) {
    return ItemPage.of(repository.findAll(filter.specification(), page), views::all);
  }

  /** One broker. */
  public Broker get(long id) {
    return views.of(stored(id));
  }

  /** The fields by which a request would give a broker other credentials. */
  public Set<String> otherCredentials(long id, BrokerRequest request) {
    return credentials.changed(stored(id), request);
  }

  /** Stores a new broker, and connects to it. */
  public Broker create(@Nullable BrokerRequest request) {
    check.check(null, request);
    BrokerEntity broker = new BrokerEntity();
    broker.clientId = generatedClientId();
    return change(() -> broker, old -> request);
  }

  /** Replaces a broker; see {@link BrokerRequest} for what stays when it is absent. */
  public Broker replace(long id, @Nullable BrokerRequest request) {
    check.check(id, request);
    return change(() -> locked(id), old -> request);
  }

  /** Changes the fields that a JSON Merge Patch names. */
  public Broker patch(long id, @Nullable JsonNode patch) {
    return change(
        () -> locked(id),
        old -> check.check(id, mergePatch.apply(old, patch, BrokerRequest.class)));
  }

  /**
   * Deletes a broker and ends its connection. Its history stays.
   *
   * @param cascade whether the subscriptions and signals that use it go with it; else they keep it
   */
  public void delete(long id, boolean cascade) {
    unitOfWork.commit(
        () -> {
          repository.lockForRemoval(id);
          BrokerEntity broker = locked(id);
          BrokerRemoval removal = new BrokerRemoval(id, cascade);
          events.publishEvent(removal);
          if (!removal.uses().isEmpty()) {
            throw new ProblemException(
                ProblemType.CONFLICT,
                "The broker is used by %s; cascade=true deletes them with it."
                    .formatted(String.join(" and ", removal.uses())));
          }
          story.removed(broker.record(), broker.asRequest());
          repository.delete(broker);
          credentials.remove(id);
          repository.flush();
          notices.tell(Notices.BROKER, id);
          return id;
        },
        CONSTRAINTS);
    unitOfWork.afterwards(() -> connections.align(id));
  }

  /** Connects to a broker beside its live connection, and stores how that came out. */
  public BrokerCheck check(long id) {
    return check(id, step -> {});
  }

  /** The same, and tells each step as it ends. */
  BrokerCheck check(long id, Consumer<ConnectionCheck.Step> watcher) {
    ConnectionOptions options = credentials.options(stored(id));
    ConnectionCheck check =
        probe.check(options, watcher); // outside of any transaction: it takes seconds
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    unitOfWork.commit(
        () -> {
          repository
              .findLockedById(id)
              .filter(
                  broker ->
                      credentials.options(broker).equals(options)) // else it tells of old options
              .ifPresent(
                  broker -> {
                    broker.connectionStatus =
                        check.success() ? CheckStatus.SUCCESS : CheckStatus.FAIL;
                    broker.connectionMessage = check.message().replace("\0", "");
                    broker.connectionCheckedAt = now;
                  });
          return id;
        },
        Map.of());
    return BrokerCheck.of(check);
  }

  private Broker change(Supplier<BrokerEntity> broker, UnaryOperator<BrokerRequest> request) {
    BrokerEntity saved =
        unitOfWork.commit(
            () -> {
              BrokerEntity entity = broker.get();
              BrokerRequest before = entity.id == null ? null : entity.asRequest();
              BrokerRequest wanted = request.apply(entity.asRequest());
              Set<String> otherSecrets = credentials.changed(entity, wanted);
              entity.apply(wanted, !otherSecrets.isEmpty());
              BrokerEntity stored = repository.saveAndFlush(entity);
              credentials.apply(stored.id(), wanted);
              story.saved(stored.record(), before, stored.asRequest(), otherSecrets);
              notices.tell(Notices.BROKER, stored.id());
              return stored;
            },
            CONSTRAINTS);
    unitOfWork.afterwards(() -> connections.align(saved.id()));
    return views.of(saved);
  }

  private BrokerEntity stored(long id) {
    return repository.findById(id).orElseThrow(() -> ProblemException.notFound("broker", id));
  }

  private BrokerEntity locked(long id) {
    return repository.findLockedById(id).orElseThrow(() -> ProblemException.notFound("broker", id));
  }

  private static String generatedClientId() {
    return "mqtt-integration-" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
  }

  private static ProblemException taken(String field, String message) {
    return new ProblemException(
        ProblemType.CONFLICT, message, List.of(new FieldError(field, message)));
  }

  private static ProblemException usedMeanwhile() {
    return new ProblemException(
        ProblemType.CONFLICT, "The broker came into use while it was being deleted.");
  }
}
