package org.mqttintegration.activity;

import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.Utf8String;

/**
 * How an activity ends.
 *
 * @param feedback what came of it, nothing when absent
 */
record FeedbackRequest(@Utf8String(maxBytes = 40_000) @Nullable String feedback) {}
