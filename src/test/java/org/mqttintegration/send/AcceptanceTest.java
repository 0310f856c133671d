package org.mqttintegration.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mqttintegration.history.SentRecorder;
import org.mqttintegration.resource.RequestPlaces;
import org.mqttintegration.send.Outbox.Accepted;

class AcceptanceTest {

  private final Outbox outbox = mock(Outbox.class);
  private final SendQueries queries = mock(SendQueries.class);
  private final Acceptance acceptance =
      new Acceptance(outbox, new Outcomes(mock(SentRecorder.class)), queries, new RequestPlaces());

  @Test
  @Timeout(30)
  void given_an_outcome_that_came_before_it_was_waited_for_when_accepted_then_nobody_waits() {
    when(outbox.accept(any(), any(), any())).thenReturn(new Accepted(5, 7));
    when(queries.get(5)).thenReturn(send(SendStatus.DELIVERED));

    Exchange answer = answer("wait=60");

    assertThat(answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wait=1                 | wait=1",
        "respond-async, wait=1  | wait=1",
        "wait=\"1\"; x         | wait=1",
        "handling=lenient       | ",
        "wait=soon              | ",
        "await=1                | "
      })
  void given_preferences_when_accepted_then_what_was_applied_is_told(
      String prefer, String applied) {
    when(outbox.accept(any(), any(), any())).thenReturn(new Accepted(5, 7));
    when(queries.get(5)).thenReturn(send(SendStatus.QUEUED));

    Exchange answer = answer(prefer);

    assertThat(answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(202);
    assertThat(answer.getMessage().getHeader("Location")).isEqualTo("/api/v1/sends/5");
    assertThat(answer.getMessage().getHeader("Preference-Applied")).isEqualTo(applied);
  }

  private Exchange answer(String prefer) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setBody(Publish.to(7, "a", new byte[0]));
    exchange.getMessage().setHeader("Prefer", prefer);
    acceptance.answer(exchange);
    return exchange;
  }

  private static Send send(SendStatus status) {
    Instant now = Instant.parse("2026-01-31T12:00:00Z");
    return new Send(
        5,
        7,
        null,
        null,
        "a",
        0,
        1,
        false,
        status,
        null,
        null,
        0,
        now,
        null,
        null,
        now,
        null,
        null,
        SendOrigin.UNKNOWN);
  }
}
