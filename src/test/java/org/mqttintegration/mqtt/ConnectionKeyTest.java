package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionKeyTest {

  @Test
  void given_a_key_when_read_then_it_tells_the_broker_and_the_number_of_one_that_shares() {
    assertThat(ConnectionKey.brokerId(ConnectionKey.of(7))).isEqualTo(7);
    assertThat(ConnectionKey.share(ConnectionKey.of(7))).isEmpty();
    assertThat(ConnectionKey.brokerId(ConnectionKey.of(7, 12))).isEqualTo(7);
    assertThat(ConnectionKey.share(ConnectionKey.of(7, 12))).isEqualTo("12");
    assertThat(ConnectionKey.ownBrokerId(ConnectionKey.of(7))).isEqualTo(7);
    assertThat(ConnectionKey.ownBrokerId(ConnectionKey.of(7, 12))).isNull();
  }

  @Test
  void given_a_key_of_no_broker_when_read_then_there_is_none() {
    assertThat(ConnectionKey.brokerId("bench")).isNull();
    assertThat(ConnectionKey.brokerId("bench-1")).isNull();
  }
}
