package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Until when nothing can be missing that a broker sent. */
class HeardUntilTest {

  private static final int QOS_0 = 0x30;
  private static final int QOS_1 = 0x32;
  private static final int PINGRESP = 0xD0;

  private final Instant before = Instant.now();
  private final HeardUntil heard = new HeardUntil();

  @Test
  void given_no_answer_when_messages_come_then_it_is_before_the_connection() {
    Instant begun = heard.get();
    heard.asks();
    heard.reads(QOS_0);
    heard.handsOver(0);

    assertThat(heard.get()).isEqualTo(begun).isBetween(before, Instant.now());
  }

  @Test
  void given_questions_when_the_first_is_answered_then_it_is_when_that_one_was_asked() {
    heard.asks();
    Instant asked = Instant.now();
    heard.asks();
    heard.reads(PINGRESP);

    assertThat(heard.get()).isBeforeOrEqualTo(asked);

    heard.reads(PINGRESP);
    Instant answered = heard.get();
    heard.reads(PINGRESP);

    assertThat(answered).isAfterOrEqualTo(asked).isEqualTo(heard.get());
  }

  @Test
  void given_qos_0_that_was_read_when_an_answer_comes_then_it_counts_when_that_is_handed_over() {
    Instant begun = heard.get();
    heard.reads(QOS_0);
    heard.reads(QOS_1);
    heard.asks();
    heard.reads(PINGRESP);
    heard.reads(QOS_0);

    heard.handsOver(1);

    assertThat(heard.get()).isEqualTo(begun);

    heard.handsOver(0);

    assertThat(heard.get()).isAfterOrEqualTo(begun).isNotSameAs(begun);
  }
}
