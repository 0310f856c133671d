package org.mqttintegration.testing;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Prints, at the end of a run, which parts each suite ran on. */
public final class PartsReport implements TestExecutionListener {

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    String table = Parts.table();
    if (!table.isEmpty()) {
      System.out.print("\n" + table);
    }
  }
}
