package org.mqttintegration.node;

/**
 * An application event: notices may have been missed, or what they told of may have failed, and
 * whatever they tell of is to be read. It comes when nobody listened for a while, and each minute.
 */
public record NoticesMissed() {}
