package org.mqttintegration.node;

/** An application event: notices may have been missed, and whatever they tell of is to be read. */
public record NoticesMissed() {}
