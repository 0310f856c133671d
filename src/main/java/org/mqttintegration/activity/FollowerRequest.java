package org.mqttintegration.activity;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.WriteOnly;

/**
 * Who shall be told of a record, and of what.
 *
 * @param type how he is told
 * @param target the user's name, the mail address, or the URL
 * @param changes whether he is told of changes of fields; true when absent
 * @param events of which events he is told; {@code all} when absent
 * @param notes whether he is told of notes; true when absent
 * @param secret what posts to a URL are signed with; absent keeps what is stored, null removes it
 */
record FollowerRequest(
    @NotNull(message = "A follower has a type.") @Nullable FollowerType type,
    @NotNull(message = "A follower has a target.")
        @Size(min = 1, max = 2_000, message = "A target has 1 to 2000 characters.")
        @Nullable String target,
    @Nullable Boolean changes,
    @Nullable FollowedEvents events,
    @Nullable Boolean notes,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WriteOnly secret) {

  /** The kinds of entry that he is told of. */
  List<String> kinds() {
    List<String> kinds = new ArrayList<>();
    if (isTrue(changes)) {
      kinds.add(EntryKind.CHANGE.word());
    }
    if (eventsOrAll() != FollowedEvents.NONE) {
      kinds.add(EntryKind.EVENT.word());
    }
    if (isTrue(notes)) {
      kinds.add(EntryKind.NOTE.word());
    }
    return kinds;
  }

  /** The least severity of the events that he is told of. */
  Severity severity() {
    return eventsOrAll() == FollowedEvents.WARNINGS ? Severity.WARNING : Severity.INFO;
  }

  private FollowedEvents eventsOrAll() {
    return Objects.requireNonNullElse(events, FollowedEvents.ALL);
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return value == null || value;
  }

  /** With its defaults, and without the secret. */
  FollowerRequest complete() {
    return new FollowerRequest(type, target, isTrue(changes), eventsOrAll(), isTrue(notes), null);
  }
}
