package org.mqttintegration.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.access.AccessSettings;
import org.mqttintegration.access.RateLimits;
import org.mqttintegration.access.RateLimitsOfTests;
import org.mqttintegration.node.Notice;
import org.mqttintegration.node.Notices;
import org.mqttintegration.problem.ProblemException;

/** Two nodes, each with its own count. */
class RequestsElsewhereTest {

  /** One more comes with each second. */
  private static final int BURST = 1_000;

  private final RateLimits here = RateLimitsOfTests.of(BURST);
  private final RateLimits there = RateLimitsOfTests.of(BURST);
  private final Notices notices = mock(Notices.class);
  private final RequestsElsewhere told = new RequestsElsewhere(there, mock(Notices.class));
  private final RequestsElsewhere telling = new RequestsElsewhere(here, notices);

  @BeforeEach
  void tellTheOther() {
    doAnswer(
            call -> {
              told.on(new Notice(call.getArgument(0), call.getArgument(1)));
              return null;
            })
        .when(notices)
        .tellSoon(any(), any());
  }

  @Test
  void given_requests_of_an_account_at_one_node_when_told_then_the_other_counts_them() {
    ask(here, "a b", 600);
    telling.tell();

    assertThat(allThatGoThrough(there, "a b")).isBetween(400, 500);
    assertThatCode(() -> there.requireOfAccount("other")).doesNotThrowAnyException();
  }

  @Test
  void given_both_nodes_let_all_through_when_told_then_both_wait_for_what_went_beyond() {
    ask(here, "a", BURST);
    ask(there, "a", BURST);
    telling.tell();

    assertThatThrownBy(() -> there.requireOfAccount("a"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem ->
                assertThat(problem.retryAfter()).isGreaterThan(Duration.ofSeconds(BURST - 1)));
  }

  @Test
  void given_nothing_was_let_through_since_when_told_again_then_nobody_hears_of_it() {
    ask(here, "a", 300);
    telling.tell();
    telling.tell();

    assertThat(allThatGoThrough(there, "a")).isBetween(700, 800);
  }

  @Test
  void given_next_to_nothing_of_what_is_allowed_when_told_then_nobody_hears_of_it_yet() {
    Notices quiet = mock(Notices.class);
    RateLimits limits = RateLimitsOfTests.of(new AccessSettings.RateLimit(true, 1_000, 1_000));
    RequestsElsewhere elsewhere = new RequestsElsewhere(limits, quiet);
    ask(limits, "a", 9);
    elsewhere.tell();
    verify(quiet, never()).tellSoon(any(), any());

    ask(limits, "a", 1);
    elsewhere.tell();
    verify(quiet).tellSoon(Notices.REQUESTS, "10 account a");
  }

  private static int allThatGoThrough(RateLimits limits, String account) {
    for (int number = 0; ; number++) {
      try {
        limits.requireOfAccount(account);
      } catch (ProblemException tooMany) {
        return number;
      }
    }
  }

  private static void ask(RateLimits limits, String account, int times) {
    for (int i = 0; i < times; i++) {
      limits.requireOfAccount(account);
    }
  }
}
