package org.mqttintegration.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code benchmark.md}. */
final class Document {

  private final Settings settings;
  private final List<Section> sections = new ArrayList<>();
  private String machine = "";

  Document(Settings settings) {
    this.settings = settings;
  }

  void machine(String facts) {
    machine = facts;
  }

  void add(Section section) {
    sections.add(section);
  }

  void write() throws IOException {
    Path report = settings.report().toAbsolutePath();
    Files.createDirectories(report.getParent());
    Files.writeString(report, text());
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Benchmark

        Written by the program below `src/bench`; do not edit. The command that made it:

        ```sh
        %s
        ```

        Compare figures within one run only: ratios carry over to other machines, times do not.

        %s
        """
            .formatted(settings.command(), machine));
    text.append(aims());
    for (Section section : sections) {
      text.append("## ").append(section.title()).append("\n\n").append(section.text()).append('\n');
    }
    return text.toString().stripTrailing() + "\n";
  }

  private String aims() {
    List<Aim> aims = sections.stream().flatMap(section -> section.aims().stream()).toList();
    if (aims.isEmpty()) {
      return "";
    }
    Table table = new Table("Aim", "measured", "reached");
    aims.forEach(aim -> table.row(aim.aim(), aim.measured(), aim.met() ? "yes" : "**no**"));
    StringBuilder text = new StringBuilder("## Aims\n\n").append(table).append('\n');
    List<Aim> missed = aims.stream().filter(aim -> !aim.met()).toList();
    if (!missed.isEmpty()) {
      text.append("What falls short, and what the figures tell of why:\n\n");
      missed.forEach(
          aim ->
              text.append("- **")
                  .append(aim.aim())
                  .append("**: ")
                  .append(aim.reason())
                  .append('\n'));
      text.append('\n');
    }
    return text.toString();
  }
}
