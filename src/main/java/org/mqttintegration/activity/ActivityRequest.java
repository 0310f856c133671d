package org.mqttintegration.activity;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.Utf8String;

/**
 * What an activity shall be.
 *
 * @param type what it is; {@code todo} when absent
 * @param summary in a line
 * @param note what else there is to know, none when absent
 * @param assignee the user who is to do it, nobody yet when absent
 * @param dueOn by when
 */
record ActivityRequest(
    @Nullable ActivityType type,
    @NotBlank(message = "An activity has a summary.") @Utf8String(maxBytes = 1_000)
        @Nullable String summary,
    @Utf8String(maxBytes = 40_000) @Nullable String note,
    @Nullable String assignee,
    @NotNull(message = "An activity has a due date.") @Nullable LocalDate dueOn) {}
