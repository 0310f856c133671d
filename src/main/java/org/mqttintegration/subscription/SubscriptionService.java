package org.mqttintegration.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.activity.Story;
import org.mqttintegration.broker.BrokerRemoval;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.mqtt.SubscriptionStatus.State;
import org.mqttintegration.node.Notices;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.ItemPage;
import org.mqttintegration.resource.MergePatch;
import org.mqttintegration.resource.RequestValidator;
import org.mqttintegration.resource.UnitOfWork;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;

/**
 * The operations on subscriptions. They commit by themselves and change routes afterwards, so they
 * are not to be called inside a transaction; but for {@link UnitOfWork#together}.
 */
@Service
public class SubscriptionService {

  private static final String NO_BROKER = "There is no such broker.";
  private static final String TAKEN =
      "The broker has a subscription with this topic filter, and a second one would replace it"
          + " (MQTT 5, section 3.8.4).";
  private static final Map<String, Supplier<ProblemException>> CONSTRAINTS =
      Map.of(
          "subscription_broker_topic",
          () ->
              new ProblemException(
                  ProblemType.CONFLICT, TAKEN, List.of(new FieldError("topic", TAKEN))),
          "subscription_broker_id_fkey",
          () -> ProblemException.invalid("brokerId", NO_BROKER));

  private final SubscriptionRepository repository;
  private final SubscriptionViews views;
  private final ActiveSubscriptions active;
  private final Places places;
  private final EndedFilters ended;
  private final BrokerAnswers answers;
  private final Brokers brokers;
  private final RequestValidator validator;
  private final MergePatch mergePatch;
  private final UnitOfWork unitOfWork;
  private final Story story;
  private final Notices notices;

  SubscriptionService(
      SubscriptionRepository repository,
      SubscriptionViews views,
      ActiveSubscriptions active,
      Places places,
      EndedFilters ended,
      BrokerAnswers answers,
      Brokers brokers,
      RequestValidator validator,
      MergePatch mergePatch,
      UnitOfWork unitOfWork,
      Story story,
      Notices notices) {
    this.notices = notices;
    this.repository = repository;
    this.views = views;
    this.active = active;
    this.places = places;
    this.ended = ended;
    this.answers = answers;
    this.brokers = brokers;
    this.validator = validator;
    this.mergePatch = mergePatch;
    this.unitOfWork = unitOfWork;
    this.story = story;
  }

  /** The subscriptions that a filter lets through. */
  public ItemPage<Subscription> list(SubscriptionFilter filter, Pageable page) {
    return ItemPage.of(repository.findAll(filter.specification(), page), views::of);
  }

  /** One subscription. */
  public Subscription get(long id) {
    return views.of(
        repository.findById(id).orElseThrow(() -> ProblemException.notFound("subscription", id)));
  }

  /** Stores a new subscription, which is not wanted yet. */
  public Subscription create(@Nullable SubscriptionRequest request) {
    check(request);
    return change(SubscriptionEntity::new, old -> request);
  }

  /** Replaces a subscription; a wanted one is subscribed to anew when it changed. */
  public Subscription replace(long id, @Nullable SubscriptionRequest request) {
    check(request);
    return change(() -> locked(id), old -> request);
  }

  /** Changes the fields that a JSON Merge Patch names. */
  public Subscription patch(long id, @Nullable JsonNode patch) {
    return change(
        () -> locked(id), old -> check(mergePatch.apply(old, patch, SubscriptionRequest.class)));
  }

  /** Deletes a subscription and unsubscribes. Its history stays. */
  public void delete(long id) {
    unitOfWork.commit(
        () -> {
          SubscriptionEntity subscription = locked(id);
          end(subscription);
          story.removed(subscription.record(), subscription.asRequest());
          repository.delete(subscription);
          repository.flush();
          notices.tell(Notices.SUBSCRIPTION, id);
          return id;
        },
        Map.of());
    unitOfWork.afterwards(() -> active.align(id));
  }

  /**
   * Wants a subscription, and waits a little for the broker's answer. One that failed is tried
   * again. The broker may answer later: it stays wanted.
   */
  public Subscription subscribe(long id) {
    SubscriptionEntity subscription = want(id, true);
    if (answers.status(subscription).filter(s -> s.state() == State.FAILED).isPresent()) {
      active.restart(id);
    } else {
      active.align(id);
    }
    answers.await(subscription);
    return get(id);
  }

  /** Wants a subscription no longer. */
  public Subscription unsubscribe(long id) {
    want(id, false);
    active.align(id);
    answers.wakeUp();
    return get(id);
  }

  /** Wants a subscription, or no longer, and does not wait for the broker. */
  public void setWanted(long id, boolean wanted) {
    want(id, wanted);
    unitOfWork.afterwards(
        () -> {
          active.align(id);
          answers.wakeUp();
        });
  }

  /** The ids of those that are wanted, whatever their brokers say. */
  public Set<Long> wanted() {
    return repository.findWanted().stream()
        .map(SubscriptionEntity::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether one is wanted, whatever its broker says. */
  public boolean isWanted(long id) {
    return repository.findById(id).filter(subscription -> subscription.wanted).isPresent();
  }

  /** The id of the subscription to a topic filter, null when there is none. */
  public @Nullable Long idOf(long brokerId, String topic) {
    return repository
        .findByBrokerIdAndTopic(brokerId, topic)
        .map(SubscriptionEntity::id)
        .orElse(null);
  }

  /** A broker shall go. */
  @EventListener
  void on(BrokerRemoval removal) {
    if (removal.cascade()) {
      repository
          .findByBrokerId(removal.brokerId())
          .forEach(gone -> story.removed(gone.record(), gone.asRequest()));
      repository.deleteByBrokerId(removal.brokerId());
    } else {
      removal.usedBy(repository.countByBrokerId(removal.brokerId()), "subscription");
    }
  }

  /** What was wanted may stand in the broker's session; the caller's transaction ends it. */
  private void end(SubscriptionEntity subscription) {
    if (subscription.wanted) {
      ended.add(subscription.brokerId, places.of(subscription));
    }
  }

  private SubscriptionEntity want(long id, boolean wanted) {
    return unitOfWork.commit(
        () -> {
          SubscriptionEntity subscription = locked(id);
          if (!wanted) {
            end(subscription);
          }
          if (subscription.wanted != wanted) {
            story.did(subscription.record(), wanted ? "subscribe" : "unsubscribe", null);
          }
          subscription.wanted = wanted;
          notices.tell(Notices.SUBSCRIPTION, id);
          return subscription;
        },
        Map.of());
  }

  private Subscription change(
      Supplier<SubscriptionEntity> subscription, UnaryOperator<SubscriptionRequest> request) {
    SubscriptionEntity saved =
        unitOfWork.commit(
            () -> {
              SubscriptionEntity entity = subscription.get();
              boolean isNew = entity.id == null;
              SubscriptionRequest old = entity.asRequest();
              SubscriptionRequest changed = request.apply(old);
              if (!old.isSameFilter(changed)) {
                end(entity);
              }
              entity.apply(changed);
              SubscriptionEntity stored = repository.saveAndFlush(entity);
              story.saved(stored.record(), isNew ? null : old, stored.asRequest(), Set.of());
              notices.tell(Notices.SUBSCRIPTION, stored.id());
              return stored;
            },
            CONSTRAINTS);
    unitOfWork.afterwards(() -> active.align(saved.id()));
    return views.of(saved);
  }

  private SubscriptionRequest check(@Nullable SubscriptionRequest request) {
    return validator.check(
        request,
        (valid, errors) -> {
          valid.addFaults(errors);
          if (valid.brokerId() != null && !brokers.exists(valid.brokerId())) {
            errors.add(new FieldError("brokerId", NO_BROKER));
          }
        });
  }

  private SubscriptionEntity locked(long id) {
    return repository
        .findLockedById(id)
        .orElseThrow(() -> ProblemException.notFound("subscription", id));
  }
}
