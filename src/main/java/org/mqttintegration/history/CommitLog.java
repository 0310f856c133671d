package org.mqttintegration.history;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Notes in which order messages are committed, for those who go through the history. */
@Component
class CommitLog {

  private final JdbcClient database;

  CommitLog(JdbcClient database) {
    this.database = database;
  }

  /**
   * Notes the rows of the present transaction, as its last statement: other writers wait until it
   * ends.
   *
   * @param entries in the order of their ids
   */
  void append(List<HistoryEntry> entries) {
    int start = 0;
    for (int end = 1; end <= entries.size(); end++) {
      if (end == entries.size() || entries.get(end).getId() != entries.get(end - 1).getId() + 1) {
        appendRun(entries.subList(start, end));
        start = end;
      }
    }
  }

  private void appendRun(List<HistoryEntry> run) {
    List<Instant> times = run.stream().map(HistoryEntry::getTimestamp).toList();
    database
        .sql("select history_committed(:firstId, :lastId, :firstTime, :lastTime, :messages)")
        .param("firstId", run.get(0).getId())
        .param("lastId", run.get(run.size() - 1).getId())
        .param("firstTime", Timestamp.from(Collections.min(times)))
        .param("lastTime", Timestamp.from(Collections.max(times)))
        .param("messages", run.size())
        .query((row, number) -> number)
        .list();
  }
}
