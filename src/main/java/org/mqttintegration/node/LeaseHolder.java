package org.mqttintegration.node;

/** What to do with a lease. Called one after the other for each lease, on threads that may wait. */
public interface LeaseHolder {

  /** This node has it now. */
  void granted(Lease lease);

  /**
   * The node shall leave it. Unless it is lost already, no other node has it before this returns:
   * what is under way is to be ended here.
   */
  void leave(Lease lease);
}
