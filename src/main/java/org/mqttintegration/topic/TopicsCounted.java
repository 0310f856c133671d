package org.mqttintegration.topic;

/** The trees of topics went on. */
public record TopicsCounted() {}
