package org.mqttintegration.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.util.unit.DataSize;

class PlainHttpGuardTest {

  private final ServerProperties server = new ServerProperties();
  private final ManagementServerProperties management = new ManagementServerProperties();

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, false, false, true",
    "::1, false, false, true",
    ", false, false, false",
    "0.0.0.0, false, false, false",
    "::, false, false, false",
    "192.0.2.1, false, false, false",
    ", true, false, true",
    "0.0.0.0, true, false, true",
    "0.0.0.0, false, true, true",
  })
  void given_an_address_when_started_then_plain_http_beyond_loopback_is_refused(
      @Nullable String address, boolean tls, boolean permitted, boolean starts) throws Exception {
    server.setAddress(address == null ? null : InetAddress.getByName(address));
    server.setSsl(tls ? new Ssl() : null);

    Throwable refusal = refusal(permitted);

    assertThat(refusal == null).isEqualTo(starts);
    if (!starts) {
      assertThat(refusal).isInstanceOf(PlainHttpException.class).hasMessageContaining("no TLS");
    }
  }

  @Test
  void given_a_port_of_the_actuators_own_when_started_then_its_address_counts_too()
      throws Exception {
    server.setAddress(InetAddress.getByName("127.0.0.1"));
    management.setPort(9_090);

    assertThat(refusal(false)).hasMessageStartingWith("management.server.address is not set");
    management.setAddress(InetAddress.getByName("127.0.0.1"));
    assertThat(refusal(false)).isNull();
  }

  @Test
  void given_tls_that_is_switched_off_when_started_then_it_is_plain() {
    Ssl off = new Ssl();
    off.setEnabled(false);
    server.setSsl(off);

    PlainHttpException refusal = (PlainHttpException) refusal(false);

    assertThat(refusal.action())
        .contains("server.ssl.certificate", "mqtt-integration.api.plain-http-beyond-loopback");
  }

  private @Nullable Throwable refusal(boolean permitted) {
    PlainHttpGuard guard =
        new PlainHttpGuard(
            new ApiProperties(DataSize.ofMegabytes(1), permitted, List.of()), server, management);
    return catchThrowable(() -> guard.customize(new TomcatServletWebServerFactory()));
  }
}
