package org.mqttintegration.topic;

import org.mqttintegration.resource.ResourceRoutes;
import org.springframework.stereotype.Component;

/** Topics over REST. */
@Component
class TopicRoutes extends ResourceRoutes {

  private final Topics topics;
  private final SeriesQueries series;

  TopicRoutes(Topics topics, SeriesQueries series) {
    this.topics = topics;
    this.series = series;
  }

  @Override
  public void configure() {
    answer(
        operation("listTopics", "Lists a level of a broker's topics"),
        exchange -> topics.list(TopicQuery.of(exchange)));
    answer(
        operation("getHistorySeries", "Aggregates a field of a topic's payloads over time"),
        exchange -> series.read(SeriesQuery.of(exchange)));
  }
}
