package org.mqttintegration.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.apache.camel.Exchange;
import org.mqttintegration.history.Gap;
import org.mqttintegration.history.Gaps;
import org.mqttintegration.resource.ItemPage;
import org.mqttintegration.resource.RequestParameters;
import org.mqttintegration.resource.ResourceRoutes;
import org.springframework.stereotype.Component;

/** The operations on subscriptions over REST. */
@Component
class SubscriptionRoutes extends ResourceRoutes {

  private static final List<String> SORTABLE =
      List.of("topic", "id", "brokerId", "qos", "subscriptionTime");

  private final SubscriptionService subscriptions;
  private final Gaps gaps;

  SubscriptionRoutes(SubscriptionService subscriptions, Gaps gaps) {
    this.subscriptions = subscriptions;
    this.gaps = gaps;
  }

  @Override
  public void configure() {
    answer(operation("listSubscriptions", "Lists subscriptions"), this::list);
    created(
        operation("createSubscription", "Stores a subscription"),
        SubscriptionRequest.class,
        subscriptions::create,
        subscription -> "/subscriptions/" + subscription.id());
    answer(operation("getSubscription", "Reads a subscription"), e -> subscriptions.get(id(e)));
    answer(
        operation("replaceSubscription", "Replaces a subscription"),
        SubscriptionRequest.class,
        subscriptions::replace);
    answer(
        operation("patchSubscription", "Changes fields of a subscription"),
        JsonNode.class,
        subscriptions::patch);
    deleted(
        operation("deleteSubscription", "Deletes a subscription and unsubscribes"),
        e -> subscriptions.delete(id(e)));
    answer(
        operation("subscribe", "Subscribes, and waits a little for the broker's answer"),
        e -> subscriptions.subscribe(id(e)));
    answer(operation("unsubscribe", "Unsubscribes"), e -> subscriptions.unsubscribe(id(e)));
    answer(
        operation("listSubscriptionGaps", "Lists when messages may have been missed"), this::gaps);
  }

  private ItemPage<Gap> gaps(Exchange exchange) {
    Subscription subscription = subscriptions.get(id(exchange)); // not found, if it is not there
    return gaps.list(subscription.id(), RequestParameters.of(exchange).page(List.of("id")));
  }

  private ItemPage<Subscription> list(Exchange exchange) {
    RequestParameters parameters = RequestParameters.of(exchange);
    SubscriptionFilter filter =
        new SubscriptionFilter(parameters.number("brokerId"), parameters.text("topic"));
    return subscriptions.list(filter, parameters.page(SORTABLE));
  }
}
