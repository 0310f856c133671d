package org.mqttintegration.bench;

import java.io.IOException;

/** The application, with one subscription. It is warm, and paused as a process. */
final class ApplicationContestant implements Contestant {

  private static final String TOPIC = "recording/application";

  private final int messages;
  private final Database database;
  private final Application application;

  ApplicationContestant(Laboratory laboratory, int messages) throws Exception {
    this.messages = messages;
    this.database = laboratory.postgres().create("recording_application");
    this.application = Application.start(laboratory, database);
    application.subscribe(application.createBroker(laboratory.broker()), TOPIC + "/#");
  }

  @Override
  public String name() {
    return "MQTT Integration";
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
    return "history";
  }

  @Override
  public void pause() throws IOException, InterruptedException {
    application.process().pause();
  }

  @Override
  public void resume() throws IOException, InterruptedException {
    application.process().resume();
  }

  @Override
  public double cpuSeconds() {
    return application.cpuSeconds();
  }

  @Override
  public void close() {
    application.close();
  }
}
