package org.mqttintegration.configuration;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A stored record, as a document would have it.
 *
 * @param id its id, which no document knows
 * @param key what it is known by in a document
 * @param fields its fields
 * @param over whether it is of the past: then it is not exported, and nobody misses it
 */
record StoredItem(long id, String key, ObjectNode fields, boolean over) {}
