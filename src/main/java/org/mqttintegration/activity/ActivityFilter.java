package org.mqttintegration.activity;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which activities to list. What is null is not asked for.
 *
 * @param record of this record
 * @param assignee of this user
 * @param due due on that day or before
 * @param state that stand so
 * @param open whether only those are asked for that are neither done nor cancelled
 */
record ActivityFilter(
    @Nullable RecordRef record,
    @Nullable String assignee,
    @Nullable LocalDate due,
    @Nullable ActivityState state,
    boolean open) {}
