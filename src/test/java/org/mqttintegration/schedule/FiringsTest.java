package org.mqttintegration.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.UnitOfWork;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;

@ExtendWith(OutputCaptureExtension.class)
class FiringsTest {

  private static final Instant AT = Instant.parse("2026-10-25T01:00:00Z");

  private final ScheduleRepository repository = mock(ScheduleRepository.class);
  private final Plans plans = mock(Plans.class);
  private final UnitOfWork unitOfWork = mock(UnitOfWork.class);
  private final ProducerTemplate camel = mock(ProducerTemplate.class);
  private final Firings firings = new Firings(repository, plans, unitOfWork, camel);
  private final List<Firing> sent = new ArrayList<>();
  private final List<Exception> failures = new ArrayList<>();

  @BeforeEach
  void aSchedule() {
    ScheduleEntity schedule = new ScheduleEntity();
    schedule.id = 7L;
    schedule.signalId = 5;
    schedule.values = Map.of("a", IntNode.valueOf(1));
    when(repository.findById(7L)).thenReturn(Optional.of(schedule));
    when(camel.send(eq(FiringRoutes.FIRE), any(Processor.class)))
        .then(
            call -> {
              Exchange exchange = new DefaultExchange(new DefaultCamelContext());
              call.<Processor>getArgument(1).process(exchange);
              sent.add(exchange.getMessage().getBody(Firing.class));
              exchange.setException(failures.isEmpty() ? null : failures.remove(0));
              return exchange;
            });
  }

  @Test
  void given_a_schedule_when_it_fires_then_its_signal_is_sent_under_the_firings_key() {
    firings.fire(7, AT, () -> true);

    assertThat(sent)
        .containsExactly(
            new Firing(
                7,
                5,
                AT,
                Map.of("a", IntNode.valueOf(1), "scheduledAt", TextNode.valueOf(AT.toString()))));
    assertThat(sent.get(0).key()).isEqualTo("schedule/7/2026-10-25T01:00:00Z");
    verify(repository).fired(7, AT);
  }

  @Test
  void given_a_send_that_is_refused_when_it_fires_again_then_that_is_stored_and_logged_once(
      CapturedOutput log) {
    for (int i = 0; i < 3; i++) {
      failures.add(new ProblemException(ProblemType.TOO_MANY_SENDS, "Too many wait."));
    }
    failures.add(ProblemException.invalid("values.celsius", "It is missing."));
    for (int i = 0; i < 4; i++) {
      firings.fire(7, AT, () -> true);
    }

    verify(repository, times(3)).failed(7, AT, "Too many wait.");
    verify(repository).failed(7, AT, "values.celsius: It is missing.");
    verify(repository, never()).fired(7, AT);
    assertThat(log.getOut().lines().filter(line -> line.contains("schedule=sends-nothing")))
        .hasSize(2);
  }

  @Test
  void given_a_database_that_is_away_when_it_fires_then_it_is_tried_until_it_is_back() {
    failures.add(
        new DataAccessResourceFailureException("gone", new SQLException("closed", "08006")));
    failures.add(
        new DataAccessResourceFailureException("gone", new SQLException("shut down", "57P01")));

    firings.fire(7, AT, () -> false);

    assertThat(sent).hasSize(3);
    verify(repository).fired(7, AT);
    verify(repository, never()).failed(eq(7L), any(), anyString());
  }

  @Test
  void given_a_schedule_that_is_gone_when_it_fires_then_its_job_goes() {
    when(unitOfWork.commit(any(), any()))
        .then(call -> call.<java.util.function.Supplier<Object>>getArgument(0).get());

    firings.fire(8, AT, () -> false);

    verify(plans).remove(8);
    assertThat(sent).isEmpty();
  }
}
