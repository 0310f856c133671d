package org.mqttintegration.bench;

/** What a start with so many brokers and subscriptions costs: the medians of several. */
record Cost(int brokers, int subscriptions, Start start) {}
