package org.mqttintegration.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What many subscriptions cost at the start, in threads, and in memory. */
final class SubscriptionsPart implements Part {

  private static final int CALLERS = 8;
  private static final double AIM_SECONDS = 5;
  private static final int AIM_SUBSCRIPTIONS = 1_000;

  /** More threads than this for a thousand subscriptions would be a thread for some of them. */
  private static final double AIM_THREADS = 20;

  @Override
  public String name() {
    return "subscriptions";
  }

  @Override
  public Section measure(Laboratory laboratory) throws Exception {
    Settings settings = laboratory.settings();
    List<Integer> counts = settings.numbers("subscriptions.counts", "1,100,1000");
    int starts = settings.number("subscriptions.starts", 3);
    List<Cost> costs = new ArrayList<>();
    for (int brokers : settings.numbers("subscriptions.brokers", "1,10")) {
      costs.addAll(over(laboratory, brokers, counts, starts));
    }
    return new Section("Start, threads, memory", text(costs, starts), aims(costs));
  }

  private static List<Cost> over(
      Laboratory laboratory, int brokers, List<Integer> counts, int starts) throws Exception {
    Database database = laboratory.postgres().create("subscriptions_" + brokers);
    List<Broker> running = new ArrayList<>();
    List<Cost> costs = new ArrayList<>();
    try {
      for (int i = 0; i < brokers; i++) {
        running.add(Broker.start(laboratory.directory()));
      }
      Plant plant = new Plant(new ArrayList<>());
      for (int count : counts) {
        try (Application application = Application.start(laboratory, database)) {
          plant.grow(application, running, count);
        }
        List<Start> measured = new ArrayList<>();
        for (int i = 0; i < starts; i++) {
          measured.add(Start.measure(laboratory, database, count));
        }
        costs.add(new Cost(brokers, count, Start.median(measured)));
        laboratory.say("subscriptions %s", costs.get(costs.size() - 1));
      }
    } finally {
      running.forEach(Broker::close);
    }
    return costs;
  }

  /**
   * The brokers and subscriptions that were made until now.
   *
   * @param ids the brokers' ids, in the order of the processes
   */
  private record Plant(List<Long> ids) {

    /** Makes what is missing, over REST, by several callers at once. */
    void grow(Application application, List<Broker> brokers, int count) throws Exception {
      for (Broker broker : brokers.subList(ids.size(), brokers.size())) {
        ids.add(application.createBroker(broker));
      }
      int there = application.api().get("/subscriptions?size=1").json().path("total").asInt();
      ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
      try {
        List<Future<Long>> made = new ArrayList<>();
        for (int i = there; i < count; i++) {
          long broker = ids.get(i % ids.size());
          String topic = "plant/line%d/#".formatted(i);
          made.add(callers.submit(() -> application.subscribe(broker, topic)));
        }
        for (Future<Long> one : made) {
          one.get();
        }
      } finally {
        callers.shutdownNow();
      }
    }
  }

  private static String text(List<Cost> costs, int starts) throws IOException {
    Table table =
        new Table(
            "Brokers",
            "subscriptions",
            "ready after s",
            "all subscribed after s",
            "CPU-s until then",
            "threads",
            "resident MB",
            "live heap MB");
    costs.forEach(
        cost ->
            table.row(
                cost.brokers(),
                cost.subscriptions(),
                cost.start().readySeconds(),
                cost.start().subscribedSeconds(),
                cost.start().cpuSeconds(),
                cost.start().threads(),
                cost.start().residentMegabytes(),
                cost.start().heapMegabytes()));
    return """
    A start of the application that knows its brokers and subscriptions already, from the start of its process until
    readiness answers 200, and until REST says that every subscription is `subscribed`. Then a full garbage collection, and
    threads, resident memory, and the live objects of the heap. Each broker is a mosquitto of its own. Medians of %d starts.

    %s"""
        .formatted(starts, table);
  }

  private static List<Aim> aims(List<Cost> costs) {
    List<Cost> one = costs.stream().filter(cost -> cost.brokers() == 1).toList();
    if (one.size() < 2 || one.get(one.size() - 1).subscriptions() != AIM_SUBSCRIPTIONS) {
      return List.of();
    }
    int subscriptions = one.get(0).subscriptions();
    Start few = one.get(0).start();
    Start many = one.get(one.size() - 1).start();
    double more = many.subscribedSeconds() - few.subscribedSeconds();
    double threads = many.threads() - few.threads();
    return List.of(
        Aim.of(
            "1,000 subscriptions on one broker in under 5 s",
            "%s s more than %d (%s s against %s s from the start of the process)"
                .formatted(
                    Figures.number(more),
                    subscriptions,
                    Figures.number(many.subscribedSeconds()),
                    Figures.number(few.subscribedSeconds())),
            more < AIM_SECONDS,
            "They take %s CPU-s more of the application; ready comes %s s later."
                .formatted(
                    Figures.number(many.cpuSeconds() - few.cpuSeconds()),
                    Figures.number(many.readySeconds() - few.readySeconds()))),
        Aim.of(
            "no thread per subscription",
            "%s threads with %d, %s with 1,000"
                .formatted(
                    Figures.number(few.threads()), subscriptions, Figures.number(many.threads())),
            threads <= AIM_THREADS,
            "%s threads more.".formatted(Figures.number(threads))));
  }
}
