package org.mqttintegration.signal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.activity.Story;
import org.mqttintegration.broker.BrokerRemoval;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.ItemPage;
import org.mqttintegration.resource.MergePatch;
import org.mqttintegration.resource.UnitOfWork;
import org.mqttintegration.send.Publish;
import org.mqttintegration.send.Templates;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;

/** The operations on signals, but for sending, which is a route. */
@Service
public class SignalService {

  private static final Map<String, Supplier<ProblemException>> CONSTRAINTS =
      Map.of(
          "signal_broker_id_fkey",
          () -> ProblemException.invalid("brokerId", SignalCheck.NO_BROKER),
          "signal_subscription_id_fkey",
          () -> ProblemException.invalid("subscriptionId", SignalCheck.NO_SUBSCRIPTION));

  private final SignalRepository repository;
  private final SignalCheck checks;
  private final MergePatch mergePatch;
  private final UnitOfWork unitOfWork;
  private final Templates templates;
  private final ApplicationEventPublisher events;
  private final Story story;

  SignalService(
      SignalRepository repository,
      SignalCheck checks,
      MergePatch mergePatch,
      UnitOfWork unitOfWork,
      Templates templates,
      ApplicationEventPublisher events,
      Story story) {
    this.repository = repository;
    this.checks = checks;
    this.mergePatch = mergePatch;
    this.unitOfWork = unitOfWork;
    this.templates = templates;
    this.events = events;
    this.story = story;
  }

  /** The signals that a filter lets through. */
  public ItemPage<Signal> list(SignalFilter filter, Pageable page) {
    return ItemPage.of(
        repository.findAll(filter.specification(), page),
        rows -> rows.stream().map(SignalEntity::view).toList());
  }

  /** One signal. */
  public Signal get(long id) {
    return stored(id).view();
  }

  /** The ids of the signals of that name at a broker, the oldest first. */
  public List<Long> idsOf(long brokerId, String name) {
    return repository.findIds(brokerId, name);
  }

  /** Whether there is a signal with that id. */
  public boolean exists(long id) {
    return repository.existsById(id);
  }

  /** Stores a new signal. */
  public Signal create(@Nullable SignalRequest request) {
    return change(SignalEntity::new, old -> checks.check(request));
  }

  /** Replaces a signal. */
  public Signal replace(long id, @Nullable SignalRequest request) {
    return change(() -> locked(id), old -> checks.check(request));
  }

  /** Changes the fields that a JSON Merge Patch names. */
  public Signal patch(long id, @Nullable JsonNode patch) {
    return change(
        () -> locked(id), old -> checks.check(mergePatch.apply(old, patch, SignalRequest.class)));
  }

  /** Deletes a signal. Its history stays. */
  public void delete(long id) {
    unitOfWork.commit(
        () -> {
          SignalEntity signal = locked(id);
          events.publishEvent(new SignalRemoval(List.of(id)));
          story.removed(signal.record(), signal.asRequest());
          repository.delete(signal);
          repository.flush();
          return id;
        },
        Map.of());
  }

  /**
   * What sending a signal publishes.
   *
   * @param values fill the places of its topic and payload
   * @throws ProblemException when there is no such signal, or the values do not fill it
   */
  public Publish message(long id, Map<String, JsonNode> values) {
    SignalEntity signal = stored(id);
    Publish message = message(signal);
    return templates.fill(message, signal.payloadEncoding, signal.payloadFormat, values);
  }

  private static Publish message(SignalEntity signal) {
    return Publish.to(signal.brokerId, signal.topic, signal.payload)
        .withQos(signal.qos)
        .withRetain(signal.retain)
        .withProperties(
            signal.properties == null ? MessageProperties.NONE : signal.properties.message())
        .forSignal(signal.id());
  }

  /** A broker shall go. */
  @EventListener
  void on(BrokerRemoval removal) {
    if (removal.cascade()) {
      List<SignalEntity> gone = repository.findByBrokerId(removal.brokerId());
      events.publishEvent(new SignalRemoval(gone.stream().map(SignalEntity::id).toList()));
      gone.forEach(signal -> story.removed(signal.record(), signal.asRequest()));
      repository.deleteByBrokerId(removal.brokerId());
    } else {
      removal.usedBy(repository.countByBrokerId(removal.brokerId()), "signal");
    }
  }

  private Signal change(Supplier<SignalEntity> signal, UnaryOperator<SignalRequest> change) {
    return unitOfWork.commit(
        () -> {
          SignalEntity entity = signal.get();
          SignalRequest before = entity.id == null ? null : entity.asRequest();
          SignalRequest request = change.apply(entity.asRequest());
          entity.apply(request, checks.subscriptionTopic(request));
          SignalEntity stored = repository.saveAndFlush(entity);
          story.saved(stored.record(), before, stored.asRequest(), Set.of());
          return stored.view();
        },
        CONSTRAINTS);
  }

  private SignalEntity stored(long id) {
    return repository.findById(id).orElseThrow(() -> ProblemException.notFound("signal", id));
  }

  private SignalEntity locked(long id) {
    return repository.findLockedById(id).orElseThrow(() -> ProblemException.notFound("signal", id));
  }
}
