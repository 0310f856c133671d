/**
 * The topics that the history of each broker has, as a tree with counts and last values, and what a
 * field of a topic's payloads was over time.
 *
 * <p>The tree follows the history by its commits, at most some seconds behind ({@link
 * org.mqttintegration.topic.TopicFollower}): recording does nothing for it. A series is aggregated
 * in the database when it is asked for, and sampled where there is too much to read.
 */
@NullMarked
package org.mqttintegration.topic;

import org.jspecify.annotations.NullMarked;
