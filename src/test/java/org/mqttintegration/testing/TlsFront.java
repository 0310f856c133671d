package org.mqttintegration.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** TLS in front of a mail server that has none: from the first byte, or by STARTTLS. */
public final class TlsFront implements AutoCloseable {

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "tls-front");
            thread.setDaemon(true);
            return thread;
          });
  private final List<String> inClear = new CopyOnWriteArrayList<>();
  private final ServerSocket server;
  private final SSLContext tls;
  private final boolean startTls;
  private final int behind;

  /**
   * Listens.
   *
   * @param behind the port of the mail server
   */
  public TlsFront(SSLContext tls, boolean startTls, int behind) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.tls = tls;
    this.startTls = startTls;
    this.behind = behind;
    threads.execute(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** The commands that came without TLS. */
  public List<String> inClear() {
    return inClear;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        threads.execute(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      if (startTls && !isStarted(client)) {
        return;
      }
      try (SSLSocket secured =
              (SSLSocket)
                  tls.getSocketFactory().createSocket(client, null, client.getPort(), true);
          Socket mail = new Socket(InetAddress.getLoopbackAddress(), behind)) {
        secured.setUseClientMode(false);
        secured.startHandshake();
        if (startTls) {
          line(mail.getInputStream()); // it was greeted before
        }
        threads.execute(() -> copy(secured, mail));
        copy(mail, secured);
      }
    } catch (IOException e) {
      // the client did not want to go on
    }
  }

  private boolean isStarted(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    say(client, "220 front");
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      inClear.add(line);
      String command = line.toUpperCase(Locale.ROOT);
      if (command.startsWith("STARTTLS")) {
        say(client, "220 go on");
        return true;
      }
      say(client, command.startsWith("EHLO") ? "250-front\r\n250 STARTTLS" : "530 STARTTLS first");
    }
    return false;
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Byte by byte, since what follows is not ours to read. */
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  private static void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.close();
    } catch (IOException e) {
      // one of them is gone
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
