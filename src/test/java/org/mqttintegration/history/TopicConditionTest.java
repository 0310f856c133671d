package org.mqttintegration.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mqttintegration.mqtt.TopicFilter;

class TopicConditionTest {

  @Test
  void given_no_wildcard_when_translated_then_it_is_equality() {
    TopicCondition condition = TopicCondition.of("$share/g/plant/a%");

    assertThat(condition.sql()).endsWith(" and topic = :topic");
    assertThat(condition.parameters()).containsOnly(java.util.Map.entry("topic", "plant/a%"));
  }

  @ParameterizedTest
  @CsvSource({"plant/+/temp,plant/%", "pl_nt/#,pl\\_nt%", "a%\\/+,a\\%\\\\/%"})
  void given_a_wildcard_when_translated_then_the_literal_prefix_is_asked_first(
      String filter, String like) {
    TopicCondition condition = TopicCondition.of(filter);

    assertThat(condition.sql()).startsWith("topic like :topicPrefix and ");
    assertThat(condition.parameters()).containsEntry("topicPrefix", like);
  }

  @RepeatedTest(10)
  void given_any_filter_when_translated_then_it_means_what_the_filter_means(RepetitionInfo info) {
    RandomTopics random = new RandomTopics(info.getCurrentRepetition());
    int matches = 0;
    for (int i = 0; i < 3_000; i++) {
      String filter = random.filter();
      String topic = random.topic();
      boolean expected = TopicFilter.matches(filter, topic);
      matches += expected ? 1 : 0;
      assertThat(holds(TopicCondition.of(filter), topic))
          .as("filter <%s> topic <%s>", filter, topic)
          .isEqualTo(expected);
    }
    assertThat(matches).as("the topics are worth it").isGreaterThan(100);
  }

  /** Evaluates the condition as PostgreSQL does; HistoryQueriesIT asks PostgreSQL itself. */
  private static boolean holds(TopicCondition condition, String topic) {
    if (condition.sql().endsWith("topic = :topic")) {
      return topic.equals(condition.parameters().get("topic"));
    }
    Object like = condition.parameters().get("topicPrefix");
    boolean prefix =
        like == null
            ? !topic.startsWith("$")
            : topic.startsWith(unescaped(like.toString().replaceFirst("%$", "")));
    String regex =
        condition.parameters().get("topicRegex").toString().replaceFirst("\\$$", "\\\\z");
    return prefix
        && Pattern.compile(regex.replace("|$)", "|\\z)"), Pattern.DOTALL).matcher(topic).find();
  }

  private static String unescaped(String like) {
    return like.replaceAll("\\\\(.)", "$1");
  }
}
