package org.mqttintegration.configuration;

import java.util.List;
import org.mqttintegration.configuration.ItemChange.Kind;

/**
 * What an import did, or would do.
 *
 * @param dryRun whether nothing was done
 * @param added how many records and files are new
 * @param changed how many are others than before
 * @param removed how many are gone
 * @param unchanged how many of the document were there as it says
 * @param changes the first three, one by one
 */
record ImportResult(
    boolean dryRun,
    long added,
    long changed,
    long removed,
    long unchanged,
    List<ItemChange> changes) {

  static ImportResult of(boolean dryRun, List<ItemChange> changes, long unchanged) {
    return new ImportResult(
        dryRun,
        count(changes, Kind.ADDED),
        count(changes, Kind.CHANGED),
        count(changes, Kind.REMOVED),
        unchanged,
        changes);
  }

  private static long count(List<ItemChange> changes, Kind kind) {
    return changes.stream().filter(change -> change.change() == kind).count();
  }
}
