package org.mqttintegration.topic;

import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;

/** Where a page ended: at the row with that digest. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TopicCursor(byte[] digest) {

  private static final int LENGTH = 32;

  String encoded() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  static @Nullable TopicCursor decode(String parameter, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      byte[] digest = Base64.getUrlDecoder().decode(text);
      if (digest.length == LENGTH) {
        return new TopicCursor(digest);
      }
    } catch (IllegalArgumentException e) {
      // no base64: said below
    }
    throw unknown(parameter);
  }

  static ProblemException unknown(String parameter) {
    return ProblemException.invalid(parameter, "This is no nextCursor of an earlier page.");
  }
}
