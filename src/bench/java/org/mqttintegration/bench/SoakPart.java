package org.mqttintegration.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether the application stays as it is while it does everything for a long time. */
final class SoakPart implements Part {

  static final String NAME = "soak";

  private static final int SAMPLES = 6;
  private static final int MINUTE = 60;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Section measure(Laboratory laboratory) throws Exception {
    Settings settings = laboratory.settings();
    int seconds = settings.number("soak.minutes", 30) * MINUTE;
    Database database = laboratory.postgres().create(NAME);
    Path routes = Files.createDirectories(laboratory.directory().resolve("soak-routes"));
    try (Application application =
        Application.start(
            laboratory, database, "mqtt-integration.route-files.directory=" + routes)) {
      PageReader pages = PageReader.signedIn(application);
      try (SoakTraffic traffic = new SoakTraffic(laboratory, application, pages, routes)) {
        double limit = traffic.limit(settings.number("soak.limit-seconds", 40));
        int half = settings.number("soak.rate", (int) (limit / 2));
        laboratory.say("soak: %s msg/s at most, %d from now on", Figures.number(limit), half);
        List<SoakSample> samples = samples(laboratory, application, traffic, half, seconds);
        return new SoakReport(limit, half, seconds, samples, traffic.end()).section();
      }
    }
  }

  /** One a minute, or six in all when that would be fewer. */
  private static List<SoakSample> samples(
      Laboratory laboratory, Application application, SoakTraffic traffic, int rate, int seconds)
      throws Exception {
    List<SoakSample> samples = new ArrayList<>();
    long every = Duration.ofSeconds(Math.min(MINUTE, seconds / SAMPLES)).toNanos();
    long begin = System.nanoTime();
    traffic.goOn(rate, seconds);
    SoakSample.Totals before = SoakSample.Totals.of(application);
    while (System.nanoTime() - begin < Duration.ofSeconds(seconds).toNanos()) {
      long next = begin + (samples.size() + 1) * every;
      Thread.sleep(Math.max(0, Duration.ofNanos(next - System.nanoTime()).toMillis()));
      traffic.failAsItDid();
      SoakSample.Totals now = SoakSample.Totals.of(application);
      samples.add(SoakSample.of(application, before, now));
      before = now;
      laboratory.say("soak: %s", samples.get(samples.size() - 1));
    }
    return samples;
  }
}
