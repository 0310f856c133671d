package org.mqttintegration.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port of the embedded broker. When the wanted one is taken, the free one that is chosen is
 * kept in a file, so that what was set up for it still finds the broker after a restart.
 *
 * @param file the file
 * @param wanted the port of the settings; 0 stands for any free one
 */
record BrokerPort(Path file, int wanted) {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerPort.class);

  int choose() throws IOException {
    int kept = kept();
    if (kept > 0 && isFree(kept)) {
      return kept;
    }
    if (wanted > 0 && isFree(wanted)) {
      return wanted;
    }
    int chosen = freePort();
    if (wanted > 0) {
      LOG.warn("mqtt port taken, using a free one wanted={} chosen={}", wanted, chosen);
    }
    keep(chosen);
    return chosen;
  }

  /** The port chosen earlier in place of the one wanted now, or 0. */
  private int kept() throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    boolean sameWish = String.valueOf(wanted).equals(properties.getProperty("wanted"));
    String chosen = properties.getProperty("chosen", "");
    return sameWish && chosen.matches("\\d{1,5}") ? Integer.parseInt(chosen) : 0;
  }

  private void keep(int chosen) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("wanted", String.valueOf(wanted));
    properties.setProperty("chosen", String.valueOf(chosen));
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = open(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = open(0)) {
      return socket.getLocalPort();
    }
  }

  private static ServerSocket open(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getByName(EmbeddedArtemis.HOST));
  }
}
