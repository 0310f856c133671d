package org.mqttintegration.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;

class AddressBlockTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0, 1, true",
    "10.0.0.0/8, 10.255.255.255, 1, true",
    "10.0.0.0/8, 9.255.255.255, 1, false",
    "10.0.0.0/8, 11.0.0.0, 1, false",
    "172.16.0.0/12, 172.31.255.255, 1, true",
    "172.16.0.0/12, 172.32.0.0, 1, false",
    "192.0.2.128/25, 192.0.2.127, 1, false",
    "192.0.2.128/25, 192.0.2.128, 1, true",
    "192.0.2.4/31, 192.0.2.5, 1, true",
    "192.0.2.4/31, 192.0.2.6, 1, false",
    "192.0.2.4, 192.0.2.4, 1, true",
    "192.0.2.4, 192.0.2.5, 1, false",
    "192.0.2.4/32, 192.0.2.4, 1, true",
    "0.0.0.0/0, 203.0.113.9, 1, true",
    "0.0.0.0/0, 2001:db8::1, 1, false",
    "::/0, 2001:db8::1, 1, true",
    "::/0, 203.0.113.9, 1, false",
    "fe80::/10, febf:ffff::1, 1, true",
    "fe80::/10, fec0::1, 1, false",
    "2001:db8::/33, 2001:db8:7fff::, 1, true",
    "2001:db8::/33, 2001:db8:8000::, 1, false",
    "::1, ::1, 1, true",
    "::1, ::2, 1, false",
    "[::1], ::1, 1, true",
    "10.1.2.3:5432, 10.1.2.3, 5432, true",
    "10.1.2.3:5432, 10.1.2.3, 5433, false",
    "10.0.0.0/8:5432, 10.9.9.9, 5432, true",
    "[fd00::/8]:443, fd12::1, 443, true",
    "[fd00::/8]:443, fd12::1, 80, false",
    "::ffff:10.0.0.0/104, 10.9.9.9, 1, true",
    "::ffff:10.0.0.0/104, 11.0.0.0, 1, false",
  })
  void given_a_block_when_asked_for_an_address_then_its_edges_count(
      String block, String address, int port, boolean contained) {
    assertThat(AddressBlock.valueOf(block).contains(OutboundOfTests.literal(address), port))
        .isEqualTo(contained);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/33, prefix length is 0 to 32",
    "fd00::/129, prefix length is 0 to 128",
    "10.1.2.3/8, begins with 10.0.0.0",
    "fd00::1/8, begins with fd00:0:0:0:0:0:0:0",
    "256.0.0.1, 256.0.0.1 is no address",
    "10.0.0.0/8:0, a port is 1 to 65535",
    "10.0.0.0/8:70000, a port is 1 to 65535",
    "10.0.0/24, nothing else is an address",
    "broker.example.org, host names are not resolved here",
    "'', nothing else is an address",
    "::1::, ::1:: is no address",
    "[10.0.0.0/8, nothing else is an address",
    "::ffff:10.0.0.0/8, prefix length is 0 to 32",
  })
  void given_what_is_no_block_when_read_then_it_is_said_why(String text, String reason) {
    assertThatThrownBy(() -> AddressBlock.valueOf(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\" is no block of addresses")
        .hasMessageContaining(reason);
  }

  @Test
  void given_a_setting_that_is_no_block_when_bound_then_the_start_ends_with_the_reason() {
    assertThatThrownBy(() -> OutboundOfTests.settings(Map.of("deny", "10.0.0.0/8, 10.1.2.3/8")))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("outbound.deny")
        .rootCause()
        .hasMessageContaining("10.1.2.3/8")
        .hasMessageContaining("begins with 10.0.0.0");
  }
}
