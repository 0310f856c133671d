package org.mqttintegration.console.explore;

import org.jspecify.annotations.Nullable;

/**
 * Which topic is shown, and which message of it.
 *
 * @param message the id of its entry in the history, null for the newest
 * @param view how the payload is wanted
 * @param any a message of the topic, null when none is known
 */
public record Wanted(
    long broker,
    String topic,
    @Nullable Long message,
    @Nullable String view,
    @Nullable Object any) {

  private TopicAddress address() {
    return TopicAddress.of(broker, topic, any);
  }

  /** Where the newest message is shown. */
  public String last() {
    return address().with("view", view).page();
  }

  /** Where another message is shown. */
  public String at(Object id) {
    return address().with("message", id).with("view", view).page();
  }

  /** Where the same is shown in another way. */
  public String as(String kind) {
    return address().with("message", message).with("view", kind).page();
  }

  /** Where to ask for it again, when there may be a newer message than that. */
  public String newer(Object newest) {
    return TopicAddress.EXPLORE
        + "/message?"
        + address().with("message", message).with("view", view).with("newest", newest).query();
  }

  /** What a series of the topic is asked for with. */
  public String series() {
    return address().query();
  }
}
