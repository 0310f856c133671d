package org.mqttintegration.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a soak came to, in words and tables.
 *
 * @param limit messages a second that the machine carries
 * @param rate messages a second that were sent
 * @param seconds for how long
 */
record SoakReport(
    double limit, int rate, int seconds, List<SoakSample> samples, SoakTraffic.End end) {

  private static final double FLAT = 1.1;

  /** The lag counts messages of all topics, so it is some thousands at any moment. */
  private static final double LAG_SEEN = 5_000;

  /**
   * A figure that is to stay as it is.
   *
   * @param small a rise that says nothing, such as one more connection of a pool
   */
  private record Watched(String name, ToDoubleFunction<SoakSample> figure, double small) {

    double median(List<SoakSample> some) {
      return Figures.median(some, figure);
    }
  }

  private static final List<Watched> WATCHED =
      List.of(
          new Watched("live heap after a full collection, MB", SoakSample::heapMegabytes, 8),
          new Watched("resident memory, MB", SoakSample::residentMegabytes, 32),
          new Watched("threads", SoakSample::threads, 4),
          new Watched("open files", SoakSample::files, 4),
          new Watched("sockets among them", SoakSample::sockets, 4),
          new Watched("connections to the database", SoakSample::connections, 2),
          new Watched("commit lag, mean ms", SoakSample::lagMillis, 10),
          new Watched("sends that wait", SoakSample::waitingSends, 10),
          new Watched("messages behind the durable route", SoakSample::routeLag, LAG_SEEN),
          new Watched("CPU-s per second, own", SoakSample::ownCpu, 0.05));

  Section section() {
    return new Section("Soak", text(), aims());
  }

  private List<SoakSample> first() {
    return samples.subList(0, third());
  }

  private List<SoakSample> last() {
    return samples.subList(samples.size() - third(), samples.size());
  }

  private int third() {
    return Math.max(1, samples.size() / 3);
  }

  private boolean isFlat(Watched watched) {
    double before = watched.median(first());
    double after = watched.median(last());
    return after <= before * FLAT || after - before <= watched.small();
  }

  private String text() {
    return """
    Everything at once, on the same two cores: messages of %d bytes at QoS 1; %d a second at QoS 1 and 2 that a durable route
    publishes again on another topic, from where they come back; %d sends a second over REST, whose messages come back too and
    are removed after a minute by their subscription's retention; somebody reads the history and pages (%d a second); a page is
    open and kept up to date.

    First the machine's limit was measured, with all of that on and as much more at QoS 1 as the broker takes: %s messages a
    second were recorded. Then half of that, %s a second, came in for %d minutes. A full garbage collection goes before
    each sample.

    %s
    Medians of the first third of the samples and of the last one; flat is what rose by a tenth at most, or by next to nothing.

    %s
    | Sent | are there |
    |---:|---:|
    | %s messages at QoS 1 | %s different ones in the history |
    | %s at QoS 1 and 2 | %s different ones |
    | the same, bridged | %s different ones on the other topic |
    | %s sends over REST | %s delivered; of their messages that came back, %s were kept still |
    """
        .formatted(
            Payloads.SIZE,
            SoakTraffic.BRIDGED_PER_SECOND,
            SoakTraffic.SENDS_PER_SECOND,
            SoakTraffic.READS_PER_SECOND,
            Figures.number(limit),
            Figures.count(rate),
            seconds / 60,
            samplesTable(),
            flatTable(),
            Figures.count(end.sent()),
            Figures.count(end.recorded()),
            Figures.count(end.bridgedSent()),
            Figures.count(end.bridgedRecorded()),
            Figures.count(end.bridgedBack()),
            Figures.count(end.sends()),
            Figures.count(end.delivered()),
            Figures.count(end.briefLeft()));
  }

  private Table samplesTable() {
    Table table =
        new Table(
            "Sample",
            "recorded msg/s",
            "commit lag ms",
            "CPU-s per second",
            "live heap MB",
            "resident MB",
            "threads",
            "files",
            "sockets",
            "database connections",
            "sends that wait",
            "behind the route");
    for (int i = 0; i < samples.size(); i++) {
      SoakSample sample = samples.get(i);
      table.row(
          Figures.count(i + 1),
          sample.recorded(),
          sample.lagMillis(),
          sample.ownCpu(),
          sample.heapMegabytes(),
          sample.residentMegabytes(),
          (int) sample.threads(),
          (int) sample.files(),
          (int) sample.sockets(),
          (int) sample.connections(),
          (int) sample.waitingSends(),
          (int) sample.routeLag());
    }
    return table;
  }

  private Table flatTable() {
    Table table = new Table("Figure", "first third", "last third", "ratio", "flat");
    for (Watched watched : WATCHED) {
      double before = watched.median(first());
      double after = watched.median(last());
      table.row(watched.name(), before, after, after / before, isFlat(watched) ? "yes" : "**no**");
    }
    return table;
  }

  private List<Aim> aims() {
    List<String> rising =
        WATCHED.stream().filter(watched -> !isFlat(watched)).map(Watched::name).toList();
    List<Aim> aims = new ArrayList<>();
    aims.add(
        Aim.of(
            "nothing is missing after %d minutes at half of what the machine carries"
                .formatted(seconds / 60),
            "%s of %s messages, %s of %s bridged, %s of %s sends"
                .formatted(
                    Figures.count(end.recorded()),
                    Figures.count(end.sent()),
                    Figures.count(end.bridgedBack()),
                    Figures.count(end.bridgedSent()),
                    Figures.count(end.delivered()),
                    Figures.count(end.sends())),
            end.isComplete(),
            "See the last table."));
    aims.add(
        Aim.of(
            "heap, memory, threads, files, connections, lags and waiting sends stay flat",
            "%d of %d are".formatted(WATCHED.size() - rising.size(), WATCHED.size()),
            rising.isEmpty(),
            "It rose: " + String.join(", ", rising) + "."));
    return aims;
  }
}
