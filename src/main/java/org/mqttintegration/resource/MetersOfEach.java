package org.mqttintegration.resource;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The meters of things that come and go, such as brokers. Each thing's are registered once, and
 * removed with it: there are never more than there are things.
 *
 * @param <K> what tells the things apart
 */
public final class MetersOfEach<K> {

  private final MeterRegistry registry;
  private final Function<K, List<Meter>> register;
  private final Map<K, List<Meter>> registered = new HashMap<>();

  /**
   * Has none yet.
   *
   * @param register registers the meters of a thing, and tells which they are
   */
  public MetersOfEach(MeterRegistry registry, Function<K, List<Meter>> register) {
    this.registry = registry;
    this.register = register;
  }

  /** From now on these are there, and no others. */
  public synchronized void keep(Set<K> things) {
    registered
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !things.contains(entry.getKey());
              if (gone) {
                entry.getValue().forEach(registry::remove);
              }
              return gone;
            });
    things.forEach(thing -> registered.computeIfAbsent(thing, register));
  }
}
