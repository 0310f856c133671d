package org.mqttintegration.bridge;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.PayloadEncoding;

/**
 * A dead letter with all that is kept of it.
 *
 * @param deadLetter what lists show
 * @param headers those that the exchange came into its route with; bytes as {@code {"base64": …}}
 * @param body the body that it came with, null when it had none or it could not be kept
 * @param bodyEncoding how {@code body} is written, null when there is none
 */
record DeadLetterContent(
    @JsonUnwrapped DeadLetter deadLetter,
    Map<String, Object> headers,
    @Nullable String body,
    @Nullable PayloadEncoding bodyEncoding) {}
