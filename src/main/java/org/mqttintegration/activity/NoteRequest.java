package org.mqttintegration.activity;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.Utf8String;

/**
 * A note about a record.
 *
 * @param text Markdown, at most 10,000 characters; {@code @name} mentions a user
 */
record NoteRequest(
    @NotBlank(message = "A note has a text.")
        @Size(max = 10_000, message = "A note has at most 10000 characters.")
        @Utf8String(maxBytes = 40_000)
        @Nullable String text) {}
