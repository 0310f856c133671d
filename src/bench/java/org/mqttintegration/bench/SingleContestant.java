package org.mqttintegration.bench;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.postgresql.PGConnection;

/** One transaction for each message: {@link SingleRecorder} in a JVM of its own. */
final class SingleContestant implements Contestant {

  private static final String TOPIC = "recording/single";

  private final int messages;
  private final Database database;
  private final Child process;

  SingleContestant(Laboratory laboratory, int messages) throws Exception {
    this.messages = messages;
    this.database = laboratory.postgres().create("recording_single");
    database.execute(CopyContestant.MESSAGE);
    List<String> command =
        Stream.concat(
                Programs.java(
                    SingleRecorder.class,
                    MqttAsyncClient.class,
                    MqttMessage.class,
                    PGConnection.class),
                Stream.of(
                    "tcp://127.0.0.1:" + laboratory.broker().port(), TOPIC + "/#", database.url()))
            .toList();
    process =
        Child.start(laboratory.directory(), laboratory.directory().resolve("single.log"), command);
    if (process.output().readLine() == null) {
      throw new IOException("The recorder with one transaction per message did not start");
    }
  }

  @Override
  public String name() {
    return "one transaction per message";
  }

  @Override
  public String topic() {
    return TOPIC;
  }

  @Override
  public int messages() {
    return messages;
  }

  @Override
  public Database database() {
    return database;
  }

  @Override
  public String table() {
    return "message";
  }

  @Override
  public void pause() throws IOException, InterruptedException {
    process.pause();
  }

  @Override
  public void resume() throws IOException, InterruptedException {
    process.resume();
  }

  @Override
  public double cpuSeconds() {
    return ProcessFacts.cpuSeconds(process.pid());
  }

  @Override
  public void close() {
    process.close();
  }
}
