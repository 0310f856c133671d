package org.mqttintegration.problem;

/**
 * What is wrong with one field of a request.
 *
 * @param field the field's name as in the request's JSON or query, {@code ""} for the body as a
 *     whole
 * @param message what is wrong and what to do, for a person to read
 */
public record FieldError(String field, String message) {}
