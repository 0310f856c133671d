package org.mqttintegration.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundAddressesTest {

  private static final String DATABASE = "jdbc:postgresql://localhost:5432/mqtt?a=b";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.0.1",
        "169.254.255.255",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "0.0.0.0",
        "224.0.0.1",
        "239.255.255.255",
        "255.255.255.255",
        "::",
        "fe80::1",
        "fd00:ec2::254",
        "fd20:ce::254",
        "ff02::1",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::a9fe:a9fe",
        "2002:a9fe:a9fe::1",
      })
  void given_no_settings_when_asked_for_a_link_local_or_metadata_address_then_it_is_refused(
      String address) {
    assertThatThrownBy(() -> check(OutboundOfTests.defaults(), address, 80))
        .isInstanceOf(OutboundRefusedException.class)
        .hasMessageContaining("mqtt-integration.outbound.deny has ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "::1",
        "10.0.0.1",
        "169.253.255.255",
        "169.255.0.0",
        "223.255.255.255",
        "203.0.113.7",
        "fd00::1",
        "2001:db8::1",
        "64:ff9b::cb00:7107",
        "2002:cb00:7107::1",
      })
  void given_no_settings_when_asked_for_any_other_address_then_it_may_be_connected_to(
      String address) {
    assertThatCode(() -> check(OutboundOfTests.defaults(), address, 80)).doesNotThrowAnyException();
  }

  @Test
  void given_an_address_in_both_lists_when_asked_then_deny_wins() {
    OutboundAddresses addresses = with("allow", "10.1.0.0/16", "deny", "10.0.0.0/8");

    assertRefused(addresses, "10.1.2.3", 1883, "deny has 10.0.0.0/8");
  }

  @Test
  void given_an_exception_when_asked_then_it_wins_over_deny_and_allow() throws IOException {
    OutboundAddresses addresses =
        OutboundOfTests.with(
                Map.of(
                    "allow", "192.0.2.0/24",
                    "deny", "10.0.0.0/8",
                    "exceptions", "10.1.2.3:1883,198.51.100.7"))
            .addresses();

    check(addresses, "10.1.2.3", 1883);
    check(addresses, "198.51.100.7", 1);
    assertRefused(addresses, "10.1.2.3", 1884, "deny has 10.0.0.0/8");
    assertRefused(addresses, "198.51.100.8", 1, "allow does not have it");
  }

  @Test
  void given_an_allow_list_when_asked_for_what_it_does_not_have_then_it_is_refused()
      throws IOException {
    OutboundAddresses addresses = with("allow", "192.0.2.0/24,[2001:db8::/32]:8883", "deny", "");

    check(addresses, "192.0.2.1", 1883);
    check(addresses, "::ffff:192.0.2.1", 1883);
    check(addresses, "64:ff9b::c000:201", 1883);
    check(addresses, "2001:db8::7", 8883);
    assertRefused(addresses, "2001:db8::7", 1883, "allow does not have it");
    assertRefused(addresses, "127.0.0.1", 1883, "allow does not have it");
    assertRefused(addresses, "64:ff9b::7f00:1", 1883, "allow does not have it");
  }

  @Test
  void given_a_prefix_of_translated_addresses_when_it_is_denied_then_that_counts_too() {
    assertRefused(
        with("allow", "0.0.0.0/0", "deny", "64:ff9b::/96"),
        "64:ff9b::cb00:7107",
        1883,
        "deny has 64:ff9b::/96");
  }

  @Test
  void given_a_name_with_several_addresses_when_some_are_denied_then_only_the_others_are_left()
      throws IOException {
    OutboundAddresses addresses =
        OutboundOfTests.with(Map.of())
            .name("device.test", "fe80::1 192.0.2.1 169.254.3.4")
            .addresses();

    assertThat(addresses.find("device.test", 1883))
        .extracting(address -> address.getAddress().getHostAddress())
        .containsExactly("192.0.2.1");
  }

  @Test
  void given_a_name_with_denied_addresses_only_when_asked_then_the_refusal_names_rule_and_name() {
    OutboundAddresses addresses =
        OutboundOfTests.with(Map.of()).name("metadata.test", "169.254.169.254").addresses();

    assertThatThrownBy(() -> addresses.find("metadata.test", 80))
        .hasMessage(
            "169.254.169.254:80 (metadata.test) must not be connected to:"
                + " mqtt-integration.outbound.deny has 169.254.0.0/16");
  }

  @Test
  void given_an_address_that_is_not_resolved_when_checked_then_it_is_refused() {
    assertThatThrownBy(
            () ->
                OutboundOfTests.defaults()
                    .check(InetSocketAddress.createUnresolved("broker.test", 1883)))
        .isInstanceOf(OutboundRefusedException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 5432, true",
    "127.8.8.8, 5432, true",
    "::1, 5432, true",
    "64:ff9b::7f00:1, 5432, true",
    "127.0.0.1, 5433, false",
    "127.0.0.1, 1883, false",
    "192.0.2.1, 5432, false",
  })
  void given_the_own_database_on_this_machine_when_asked_then_only_its_port_is_refused(
      String address, int port, boolean refused) throws IOException {
    OutboundAddresses addresses = OutboundOfTests.with(Map.of(), DATABASE).addresses();
    if (refused) {
      assertRefused(addresses, address, port, "own-database: true permits it");
    } else {
      check(addresses, address, port);
    }
  }

  @Test
  void given_the_own_database_when_a_setting_permits_it_then_it_may_be_connected_to()
      throws IOException {
    check(
        OutboundOfTests.with(Map.of("own-database", "true"), DATABASE).addresses(),
        "127.0.0.1",
        5432);
  }

  @Test
  void given_an_exception_for_the_address_of_the_own_database_when_asked_then_it_stays_refused() {
    assertRefused(
        OutboundOfTests.with(Map.of("exceptions", "127.0.0.1"), DATABASE).addresses(),
        "127.0.0.1",
        5432,
        "own-database: true permits it");
  }

  @Test
  void given_a_database_of_several_servers_when_one_moves_then_each_is_refused_where_it_is()
      throws IOException {
    OutboundAddresses addresses =
        OutboundOfTests.with(Map.of(), "jdbc:postgresql://a.test:5432,b.test:6543/mqtt")
            .name("a.test", "192.0.2.1", "192.0.2.9", "")
            .name("b.test", "192.0.2.2 2001:db8::2")
            .addresses();

    assertRefused(addresses, "192.0.2.2", 6543, "own database");
    assertRefused(addresses, "2001:db8::2", 6543, "own database");
    check(addresses, "192.0.2.2", 5432); // two look-ups: a.test has moved to 192.0.2.9 then
    check(addresses, "192.0.2.1", 5432);
    assertRefused(addresses, "192.0.2.9", 5432, "own database"); // and cannot be resolved now
  }

  private static OutboundAddresses with(
      String name, String value, String otherName, String otherValue) {
    return OutboundOfTests.with(Map.of(name, value, otherName, otherValue)).addresses();
  }

  private static void assertRefused(
      OutboundAddresses addresses, String address, int port, String rule) {
    assertThatThrownBy(() -> check(addresses, address, port))
        .isInstanceOf(OutboundRefusedException.class)
        .hasMessageContaining(rule);
  }

  private static void check(OutboundAddresses addresses, String address, int port)
      throws IOException {
    InetAddress literal = OutboundOfTests.literal(address);
    addresses.check(new InetSocketAddress(literal, port));
    assertThat(addresses.permitted(address, List.of(literal), port)).hasSize(1);
  }
}
