package org.mqttintegration.history;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.node.Lease;

/** A row on its way into the history. */
abstract class Recording extends Write {

  private final HistoryEntry entry;
  private boolean tried;
  private boolean doubted;

  Recording(@Nullable Lease lease, HistoryEntry entry) {
    super(lease);
    this.entry = entry;
  }

  final HistoryEntry entry() {
    return entry;
  }

  @Override
  final int payloadBytes() {
    return entry.payloadBytes();
  }

  @Override
  List<Object> entities() {
    return List.of(entry);
  }

  /** Whether a transaction with this row was begun before, and nobody knows how it ended. */
  final boolean isTried() {
    return tried;
  }

  final void markTried() {
    tried = true;
  }

  /** Whether it is the first time that the row seems to be there already. */
  final boolean doubt() {
    boolean first = !doubted;
    doubted = true;
    return first;
  }

  /** Names the row and nothing of its message. */
  @Override
  public String toString() {
    return "history_id=" + entry.getId();
  }
}
