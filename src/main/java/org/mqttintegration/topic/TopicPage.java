package org.mqttintegration.topic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of one level of the tree. */
record TopicPage(List<Topic> items, @Nullable String nextCursor, long position) {}
