package org.mqttintegration.bench;

import java.util.ArrayList;
import java.util.List;

/** Runs the parts that {@code -Dbench.parts} names and writes what they found. */
public final class Benchmark {

  private static final List<Part> PARTS =
      List.of(
          new RecordingPart(),
          new LatencyPart(),
          new SubscriptionsPart(),
          new PagesPart(),
          new SendsPart(),
          new ConsolePart(),
          new GrowthPart(),
          new SoakPart());

  private Benchmark() {}

  /** Takes no arguments; the sizes are system properties. */
  public static void main(String[] arguments) throws Exception {
    Settings settings = new Settings();
    Document document = new Document(settings);
    List<String> failed = new ArrayList<>();
    try (Laboratory laboratory = new Laboratory(settings)) {
      document.machine(Machine.facts(laboratory));
      for (Part part : PARTS) {
        if (settings.parts().contains(part.name())) {
          run(part, laboratory, document, failed);
        }
      }
    }
    document.write();
    System.out.println("benchmark: written " + settings.report());
    if (!failed.isEmpty()) {
      throw new IllegalStateException("Parts that could not be measured: " + failed);
    }
  }

  /** One part that cannot be measured does not take the others' figures with it. */
  private static void run(Part part, Laboratory laboratory, Document document, List<String> failed)
      throws InterruptedException {
    long begin = System.nanoTime();
    try {
      document.add(part.measure(laboratory));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | AssertionError e) {
      e.printStackTrace();
      failed.add(part.name());
      document.add(new Section(part.name(), "Not measured: this part failed.\n", List.of()));
    }
    laboratory.say("%s took %d s", part.name(), (System.nanoTime() - begin) / 1_000_000_000);
  }
}
