package org.mqttintegration.signal;

import java.util.List;

/**
 * An application event: signals are about to be deleted. Published inside the transaction that
 * deletes them, so that whoever uses them ends that in the same.
 *
 * @param signalIds their ids
 */
public record SignalRemoval(List<Long> signalIds) {

  public SignalRemoval {
    signalIds = List.copyOf(signalIds);
  }
}
