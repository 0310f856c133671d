package org.mqttintegration.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How fast messages become rows. */
final class RecordingPart implements Part {

  private static final double AIM_OF_COPY = 0.6;
  private static final double AIM_OF_CPU = 2.5;
  private static final double AIM_OF_SINGLE = 15;

  @Override
  public String name() {
    return "recording";
  }

  @Override
  public Section measure(Laboratory laboratory) throws Exception {
    Settings settings = laboratory.settings();
    int messages = settings.number("recording.messages", 200_000);
    int single = settings.number("recording.single", 10_000);
    int rounds = settings.number("recording.rounds", 5);
    List<Contestant> contestants = new ArrayList<>();
    try {
      contestants.add(RunningContestant.application(laboratory, messages));
      contestants.add(CopyContestant.intoPlainTable(laboratory, messages));
      contestants.add(CopyContestant.intoHistory(laboratory, messages));
      contestants.add(RunningContestant.single(laboratory, single));
      return section(run(laboratory, contestants, rounds), contestants, rounds);
    } finally {
      contestants.forEach(Contestant::close);
    }
  }

  /** All in turn, round after round; the first round only warms up. */
  private static Map<Contestant, List<Turn>> run(
      Laboratory laboratory, List<Contestant> contestants, int rounds) throws Exception {
    Map<Contestant, List<Turn>> turns = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      for (Contestant contestant : contestants) {
        Turn turn = Turn.take(laboratory, contestant, contestant.messages());
        laboratory.say(
            "recording round=%d %s: %s msg/s, CPU-s per 100k: own %s, database %s, broker %s",
            round,
            contestant.name(),
            Figures.number(turn.perSecond()),
            Figures.number(turn.ownCpuPer100k()),
            Figures.number(turn.databaseCpuPer100k()),
            Figures.number(turn.brokerCpuPer100k()));
        if (round > 0) {
          turns.computeIfAbsent(contestant, c -> new ArrayList<>()).add(turn);
        }
      }
    }
    return turns;
  }

  private static Section section(
      Map<Contestant, List<Turn>> turns, List<Contestant> contestants, int rounds) {
    List<Turn> own = turns.get(contestants.get(0));
    List<Turn> copy = turns.get(contestants.get(1));
    List<Turn> copyHistory = turns.get(contestants.get(2));
    List<Turn> single = turns.get(contestants.get(3));
    return new Section(
        "Recording",
        text(turns, copy, rounds),
        List.of(
            ofCopy(own, copy, copyHistory), cpu(own, copy, copyHistory), ofSingle(own, single)));
  }

  private static String text(Map<Contestant, List<Turn>> turns, List<Turn> copy, int rounds) {
    Table table =
        new Table(
            "Contestant",
            "messages",
            "msg/s",
            "of COPY",
            "CPU-s per 100k, own",
            "PostgreSQL",
            "both",
            "broker");
    turns.forEach(
        (contestant, list) ->
            table.row(
                contestant.name(),
                contestant.messages(),
                Figures.median(list, Turn::perSecond),
                ratio(list, copy, Turn::perSecond),
                Figures.median(list, Turn::ownCpuPer100k),
                Figures.median(list, Turn::databaseCpuPer100k),
                Figures.median(list, Turn::bothCpuPer100k),
                Figures.median(list, Turn::brokerCpuPer100k)));
    return """
    Payloads of %d bytes at QoS 1. While a contestant is paused (its process is stopped, or it is not started, but its
    session stays), its messages are queued at the broker; then it is let go, and alone with the broker and PostgreSQL.
    Time runs from there until the commit of the last row, by PostgreSQL's commit timestamps; every message has to be a
    row, once, or the run fails. The contestants take turns, %d rounds after one that warms up; figures are medians, ratios
    medians of each round's ratio. Every contestant lets the broker send 1,000 messages ahead.

    The COPY pipeline is `mosquitto_sub | %s`: one transaction for all, acknowledged before anything is stored, into four
    columns without an index. The same into a table with the columns, partitions and indexes of the application's history
    tells what these cost. One transaction per message is a small Java program (Paho, pgjdbc): insert, commit, acknowledge.

    %s"""
        .formatted(
            Payloads.SIZE,
            rounds,
            CopyContestant.feeder().equals("psql")
                ? "psql -c \"COPY … FROM STDIN\""
                : CopyContestant.feeder(),
            table);
  }

  private static Aim ofCopy(List<Turn> own, List<Turn> copy, List<Turn> copyHistory) {
    double ratio = ratio(own, copy, Turn::perSecond);
    return Aim.of(
        "at least 0.6 of the COPY pipeline in messages a second",
        Figures.number(ratio),
        ratio >= AIM_OF_COPY,
        "COPY itself reaches %s of its speed when it writes into the application's table; of that, the application reaches %s."
            .formatted(
                Figures.number(ratio(copyHistory, copy, Turn::perSecond)),
                Figures.number(ratio(own, copyHistory, Turn::perSecond))));
  }

  private static Aim cpu(List<Turn> own, List<Turn> copy, List<Turn> copyHistory) {
    double ratio = ratio(own, copy, Turn::bothCpuPer100k);
    return Aim.of(
        "at most 2.5 times the CPU of the COPY pipeline",
        Figures.number(ratio),
        ratio <= AIM_OF_CPU,
        "Of %s CPU-s per 100k, the application uses %s and PostgreSQL %s; COPY into the same table lets PostgreSQL use %s."
            .formatted(
                Figures.number(Figures.median(own, Turn::bothCpuPer100k)),
                Figures.number(Figures.median(own, Turn::ownCpuPer100k)),
                Figures.number(Figures.median(own, Turn::databaseCpuPer100k)),
                Figures.number(Figures.median(copyHistory, Turn::databaseCpuPer100k))));
  }

  private static Aim ofSingle(List<Turn> own, List<Turn> single) {
    double ratio = ratio(own, single, Turn::perSecond);
    return Aim.of(
        "at least 15 times one transaction per message",
        Figures.number(ratio),
        ratio >= AIM_OF_SINGLE,
        "One transaction per message reaches %s msg/s here, the application %s."
            .formatted(
                Figures.number(Figures.median(single, Turn::perSecond)),
                Figures.number(Figures.median(own, Turn::perSecond))));
  }

  private static double ratio(List<Turn> turns, List<Turn> others, ToDoubleFunction<Turn> figure) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < turns.size(); i++) {
      ratios.add(figure.applyAsDouble(turns.get(i)) / figure.applyAsDouble(others.get(i)));
    }
    return Figures.median(ratios);
  }
}
