/**
 * Explores what the history of a broker has: the tree of its topics at one side ({@link
 * org.mqttintegration.console.explore.TopicTree}), one topic with its last messages and a plot at
 * the other ({@link org.mqttintegration.console.explore.TopicPanel}). A page, an answer to a click
 * and a live update are drawn with the same fragments.
 */
@NullMarked
package org.mqttintegration.console.explore;

import org.jspecify.annotations.NullMarked;
