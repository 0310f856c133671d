package org.mqttintegration.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerQueueTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  private final BrokerQueue queue = new BrokerQueue(7);

  @Test
  void given_sends_to_two_topics_when_taken_then_one_of_each_is_on_its_way() {
    add(1, "a", null);
    add(2, "a", null);
    add(3, "b", null);

    assertThat(taken()).containsExactly(1L, 3L);
    assertThat(queue.inFlight()).isEqualTo(2);
  }

  @Test
  void given_one_with_its_outcome_when_taken_then_the_next_to_its_topic_goes() {
    QueuedSend first = add(1, "a", null);
    add(2, "a", null);
    taken();

    queue.pass(first);

    assertThat(taken()).containsExactly(2L);
    assertThat(queue.known()).containsExactlyInAnyOrder(1L, 2L);
    queue.forget(first);
    assertThat(queue.known()).containsExactly(2L);
  }

  @Test
  void given_one_that_is_put_back_when_it_is_due_then_it_goes_before_those_behind_it() {
    QueuedSend first = add(1, "a", null);
    add(2, "a", null);
    taken();
    first.delayUntil(NOW.plusSeconds(1));
    queue.putBack(first);
    queue.offer("a");
    assertThat(taken()).isEmpty();

    queue.offer("a");
    QueuedSend next = queue.next(NOW.plusSeconds(1));

    assertThat(next).isSameAs(first);
  }

  @Test
  void given_those_that_wait_when_withdrawn_then_the_others_go_on() {
    QueuedSend first = add(1, "a", NOW);
    add(2, "a", null);
    QueuedSend third = add(3, "b", NOW);
    assertThat(queue.withdrawExpired(NOW)).containsExactlyInAnyOrder(first, third);
    assertThat(queue.withdraw(1)).isEmpty();

    assertThat(taken()).containsExactly(2L);
    assertThat(queue.withdraw(2)).as("on its way").isEmpty();
  }

  @Test
  void given_a_topic_with_many_when_asked_then_it_is_full() {
    for (int i = 0; i < 100; i++) {
      add(i, "long", null);
    }
    add(100, "short", null);

    assertThat(queue.fullTopics()).containsExactly("long");
    assertThat(queue.bytes()).isEqualTo(101);
  }

  @Test
  void given_a_topic_that_was_full_when_half_of_it_is_gone_then_more_is_wanted() {
    for (int i = 0; i < 100; i++) {
      add(i, "long", null);
    }
    queue.fullTopics();
    queue.setMore(false);

    for (int i = 0; i < 50; i++) {
      queue.pass(queue.next(NOW));
    }
    assertThat(queue.mayHaveMore()).isFalse();
    queue.next(NOW);
    assertThat(queue.mayHaveMore()).isTrue();
  }

  private QueuedSend add(long id, String topic, Instant expiresAt) {
    QueuedSend send =
        new QueuedSend(
            id,
            Publish.to(7, topic, new byte[1]),
            NOW,
            expiresAt == null ? NOW.plusSeconds(60) : expiresAt,
            0,
            null);
    queue.add(send);
    return send;
  }

  private List<Long> taken() {
    List<Long> taken = new ArrayList<>();
    QueuedSend next;
    while ((next = queue.next(NOW)) != null) {
      taken.add(next.id());
    }
    return taken;
  }
}
