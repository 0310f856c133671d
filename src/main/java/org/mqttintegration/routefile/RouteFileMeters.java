package org.mqttintegration.routefile;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.mqttintegration.resource.MetersOfEach;
import org.mqttintegration.routefile.RouteStatistics.Counts;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What the routes of files do. Of each route there is one series of each, while it is there. */
@Component
class RouteFileMeters {

  private static final String ROUTE = "route";

  private final MeterRegistry registry;
  private final RouteFiles files;
  private final MetersOfEach<String> meters;

  RouteFileMeters(MeterRegistry registry, RouteFiles files) {
    this.registry = registry;
    this.files = files;
    this.meters = new MetersOfEach<>(registry, this::register);
    Gauge.builder("mqtt.route.files.refused", files, RouteFileMeters::refused)
        .description("Route files that are wrong, so that what ran before runs on")
        .strongReference(true)
        .register(registry);
  }

  @Scheduled(initialDelay = 1, fixedDelay = 3, timeUnit = TimeUnit.SECONDS)
  void look() {
    meters.keep(files.statistics().routeIds());
  }

  private static double refused(RouteFiles files) {
    return files.all().stream().filter(RouteFileState::isRefused).count();
  }

  private List<Meter> register(String routeId) {
    return List.of(
        counter("exchanges", "Exchanges that ended", routeId, Counts::exchanges),
        counter("failures", "Exchanges that failed for good", routeId, Counts::failures),
        Gauge.builder("mqtt.route.inflight", () -> value(routeId, Counts::inFlight))
            .description("Exchanges that are being worked on")
            .tag(ROUTE, routeId)
            .register(registry));
  }

  private Meter counter(
      String name, String description, String routeId, ToDoubleFunction<Counts> count) {
    return FunctionCounter.builder("mqtt.route." + name, this, all -> all.value(routeId, count))
        .description(description)
        .tag(ROUTE, routeId)
        .register(registry);
  }

  private double value(String routeId, ToDoubleFunction<Counts> value) {
    Counts counts = files.statistics().of(routeId);
    return counts == null ? 0 : value.applyAsDouble(counts);
  }
}
