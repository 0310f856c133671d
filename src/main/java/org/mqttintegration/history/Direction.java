package org.mqttintegration.history;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which way a message went. */
enum Direction {
  @JsonProperty("send")
  SEND("send"),
  @JsonProperty("receive")
  RECEIVE("receive");

  private final String word;

  Direction(String word) {
    this.word = word;
  }

  /** The word in the database, in requests and in answers. */
  String word() {
    return word;
  }
}
