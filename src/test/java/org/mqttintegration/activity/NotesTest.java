package org.mqttintegration.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          @anna knows                 | anna
          ask @anna.                  | anna
          ask @anna, @b.c and @anna!  | anna b.c
          mail anna@anna.org          | ''
          (@b.c)                      | b.c
          @nobody                     | ''
          no one                      | ''
          """)
  void given_a_note_when_read_then_it_mentions_the_users_that_there_are(String text, String users) {
    assertThat(String.join(" ", Notes.mentions(text, Set.of("anna", "b.c")::contains)))
        .isEqualTo(users);
  }
}
