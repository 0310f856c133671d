package org.mqttintegration.bench;

import java.io.IOException;

/**
 * Something that records what a broker has for it. Its session stays while it is paused, so that
 * the broker queues everything below its topic.
 */
interface Contestant extends AutoCloseable {

  /** Its name in the table. */
  String name();

  /** Messages below this topic are its own. */
  String topic();

  /** How many messages a turn has. */
  int messages();

  Database database();

  /** Its table. */
  String table();

  /** Makes it wait while the broker's queue is filled. */
  void pause() throws IOException, InterruptedException;

  /** Lets it record. */
  void resume() throws IOException, InterruptedException;

  /** Returns at once when it records as it goes, else when it is done. */
  default void awaitEnd() throws IOException, InterruptedException {}

  /** Its CPU seconds until now, without the database's and the broker's. */
  double cpuSeconds();

  @Override
  void close();
}
