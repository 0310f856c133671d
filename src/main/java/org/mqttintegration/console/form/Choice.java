package org.mqttintegration.console.form;

/**
 * A value to choose.
 *
 * @param value as the request has it
 * @param label as people read it
 */
public record Choice(String value, String label) {}
