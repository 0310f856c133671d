package org.mqttintegration.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A POST of JSON whose last byte has not been sent yet: it is under way for as long as that. */
public final class UnfinishedRequest implements AutoCloseable {

  private final Socket socket;
  private final byte last;

  private UnfinishedRequest(Socket socket, byte last) {
    this.socket = socket;
    this.last = last;
  }

  /** Begins one, to a path below {@code /api/v1}, as the administrator. */
  public static UnfinishedRequest post(int port, String path, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String head =
        """
        POST /api/v1%s HTTP/1.1
        Host: 127.0.0.1
        Authorization: %s
        Content-Type: application/json
        Content-Length: %d
        Connection: close

        """
            .formatted(path, RestApi.basic(RestApi.USER, RestApi.PASSWORD), body.length);
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.getOutputStream().write(head.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().write(body, 0, body.length - 1);
    socket.getOutputStream().flush();
    return new UnfinishedRequest(socket, body[body.length - 1]);
  }

  /** Sends the rest, and tells the status that it is answered with. */
  public int finish() throws IOException {
    socket.getOutputStream().write(last);
    socket.getOutputStream().flush();
    BufferedReader answer =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    return Integer.parseInt(answer.readLine().split(" ")[1]);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
