package org.mqttintegration.history;

/** What a feature knows of the way of messages; its order is that of the features' floors. */
@FunctionalInterface
public interface JourneyPart {

  /** Adds the steps of a message that the feature knows of. */
  void addTo(JourneyDraft journey);
}
