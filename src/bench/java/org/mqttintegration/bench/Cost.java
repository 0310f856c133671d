package org.mqttintegration.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The medians of several {@link Start starts} with so many brokers and subscriptions. */
record Cost(
    int brokers,
    int subscriptions,
    double readySeconds,
    double subscribedSeconds,
    double cpuSeconds,
    double threads,
    double residentMegabytes,
    double heapMegabytes) {

  static Cost of(int brokers, int subscriptions, List<Start> starts) {
    return new Cost(
        brokers,
        subscriptions,
        median(starts, Start::readySeconds),
        median(starts, Start::subscribedSeconds),
        median(starts, Start::cpuSeconds),
        median(starts, Start::threads),
        median(starts, Start::residentMegabytes),
        median(starts, Start::heapMegabytes));
  }

  private static double median(List<Start> starts, ToDoubleFunction<Start> figure) {
    return Figures.median(starts.stream().map(figure::applyAsDouble).toList());
  }
}
