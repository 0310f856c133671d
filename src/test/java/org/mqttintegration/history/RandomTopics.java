package org.mqttintegration.history;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mqttintegration.mqtt.TopicFilter;

/** Topics and well-formed filters that meet each other often. */
final class RandomTopics {

  private static final List<String> LEVELS =
      List.of(
          "a", "b", "", "$SYS", "$", "a.b", "a%", "_", "\\", "(x|y)", "[^/]*", "ü😀", "a\nb", "{2}",
          "^$", " ");

  private final Random random;

  RandomTopics(long seed) {
    random = new Random(seed);
  }

  String topic() {
    String topic;
    do {
      topic = levels(1 + random.nextInt(4)).collect(Collectors.joining("/"));
    } while (topic.isEmpty());
    return topic;
  }

  String filter() {
    String filter;
    do {
      filter =
          levels(random.nextInt(4))
              .map(level -> random.nextInt(3) == 0 ? "+" : level)
              .collect(Collectors.joining("/"));
      if (random.nextInt(3) == 0) {
        filter = filter.isEmpty() ? "#" : filter + "/#";
      }
      if (random.nextInt(10) == 0) {
        filter = "$share/group/" + filter;
      }
    } while (TopicFilter.fault(filter) != null);
    return filter;
  }

  private java.util.stream.Stream<String> levels(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                LEVELS.get(
                    random.nextInt(LEVELS.size() * 2)
                        % (random.nextBoolean() ? 4 : LEVELS.size())));
  }
}
