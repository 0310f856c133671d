package org.mqttintegration.bench;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.postgresql.PGConnection;

/** One process for all turns: it is warm, and paused as a process. */
final class RunningContestant extends Contestant {

  private final Child process;

  private RunningContestant(
      String name, String topic, int messages, Database database, String table, Child process) {
    super(name, topic, messages, database, table);
    this.process = process;
  }

  /** The application, with one subscription. */
  static Contestant application(Laboratory laboratory, int messages) throws Exception {
    String topic = "recording/application";
    Database database = laboratory.postgres().create("recording_application");
    Application application = Application.start(laboratory, database);
    application.subscribe(application.createBroker(laboratory.broker()), topic + "/#");
    return new RunningContestant(
        "MQTT Integration", topic, messages, database, "history", application.process());
  }

  /** One transaction for each message: {@link SingleRecorder} in a JVM of its own. */
  static Contestant single(Laboratory laboratory, int messages) throws Exception {
    String topic = "recording/single";
    Database database = laboratory.postgres().create("recording_single");
    database.execute(CopyContestant.MESSAGE);
    List<String> command =
        Stream.concat(
                Programs.java(
                    SingleRecorder.class,
                    MqttAsyncClient.class,
                    MqttMessage.class,
                    PGConnection.class),
                Stream.of(
                    "tcp://127.0.0.1:" + laboratory.broker().port(), topic + "/#", database.url()))
            .toList();
    Child process =
        Child.start(laboratory.directory(), laboratory.directory().resolve("single.log"), command);
    if (process.output().readLine() == null) {
      throw new IOException("The recorder with one transaction per message did not start");
    }
    return new RunningContestant(
        "one transaction per message", topic, messages, database, "message", process);
  }

  @Override
  void pause() throws IOException, InterruptedException {
    process.pause();
  }

  @Override
  void resume() throws IOException, InterruptedException {
    process.resume();
  }

  @Override
  double cpuSeconds() {
    return process.cpuSeconds();
  }

  @Override
  public void close() {
    process.close();
  }
}
