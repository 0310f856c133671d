package org.mqttintegration.activity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of entries, newest first.
 *
 * @param nextCursor the {@code cursor} of the next page, null on the last
 */
record AuditPage(List<AuditEntry> items, @Nullable String nextCursor) {}
