package org.mqttintegration.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * What a careful program without batches does: insert, commit, acknowledge, next message. A process
 * of its own.
 */
final class SingleRecorder implements MqttCallback {

  private final MqttAsyncClient client;
  private final PreparedStatement insert;

  private SingleRecorder(MqttAsyncClient client, PreparedStatement insert) {
    this.client = client;
    this.insert = insert;
  }

  /** Takes the broker's URI, the topic filter, and the database's URL; says when it is ready. */
  public static void main(String[] arguments) throws Exception {
    Connection connection = DriverManager.getConnection(arguments[2], Database.USER, "");
    PreparedStatement insert =
        connection.prepareStatement(
            "insert into message (time, topic, payload, qos) values (?, ?, ?, ?)");
    MqttAsyncClient client =
        new MqttAsyncClient(arguments[0], "recording-single", new MemoryPersistence());
    client.setManualAcks(true);
    client.setCallback(new SingleRecorder(client, insert));
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(false);
    options.setSessionExpiryInterval(86_400L);
    options.setReceiveMaximum(1_000);
    client.connect(options).waitForCompletion(10_000);
    client.subscribe(new MqttSubscription(arguments[1], 1)).waitForCompletion(10_000);
    System.out.println("ready");
  }

  /** The connection commits each statement. */
  @Override
  public void messageArrived(String topic, MqttMessage message) throws SQLException, MqttException {
    insert.setTimestamp(1, Timestamp.from(Instant.now()));
    insert.setString(2, topic);
    insert.setBytes(3, message.getPayload());
    insert.setInt(4, message.getQos());
    insert.executeUpdate();
    client.messageArrivedComplete(message.getId(), message.getQos());
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {
    System.err.println("disconnected: " + response);
  }

  @Override
  public void mqttErrorOccurred(MqttException exception) {
    System.err.println("failed: " + exception);
  }

  @Override
  public void deliveryComplete(IMqttToken token) {}

  @Override
  public void connectComplete(boolean reconnect, String serverUri) {}

  @Override
  public void authPacketArrived(int reasonCode, MqttProperties properties) {}
}
