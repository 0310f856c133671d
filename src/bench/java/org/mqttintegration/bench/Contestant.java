package org.mqttintegration.bench;

import java.io.IOException;

/**
 * Something that records what a broker has for it. Its session stays while it is paused, so that
 * the broker queues everything below its topic.
 */
abstract class Contestant implements AutoCloseable {

  private final String name;
  private final String topic;
  private final int messages;
  private final Database database;
  private final String table;

  /**
   * A contestant in a database of its own.
   *
   * @param name its name in the document
   * @param topic messages below it are its own
   * @param messages how many messages a turn has
   */
  Contestant(String name, String topic, int messages, Database database, String table) {
    this.name = name;
    this.topic = topic;
    this.messages = messages;
    this.database = database;
    this.table = table;
  }

  final String name() {
    return name;
  }

  final String topic() {
    return topic;
  }

  final int messages() {
    return messages;
  }

  final Database database() {
    return database;
  }

  final String table() {
    return table;
  }

  /** Makes it wait while the broker's queue is filled. */
  abstract void pause() throws IOException, InterruptedException;

  /** Lets it record. */
  abstract void resume() throws IOException, InterruptedException;

  /** Returns at once when it records as it goes, else when it is done. */
  void awaitEnd() throws IOException, InterruptedException {}

  /** Its CPU seconds until now, without the database's and the broker's. */
  abstract double cpuSeconds();

  @Override
  public abstract void close();
}
