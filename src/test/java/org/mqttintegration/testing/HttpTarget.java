package org.mqttintegration.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A system that bridges post to. It can go away, and come back at the same port. */
public final class HttpTarget implements AutoCloseable {

  private static final int NO_CONTENT = 204;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Posted> posted = new ConcurrentLinkedQueue<>();
  private final int port = Ports.free();
  private HttpServer server;

  /** What was posted, with the headers that the bridge passed on. */
  public record Posted(String path, long historyId, String topic, String body) {}

  /** It is there. */
  public HttpTarget() throws IOException {
    comeBack();
  }

  public int port() {
    return port;
  }

  /** Refuses connections from now on, and cuts those that are open. */
  public void goAway() {
    server.stop(0);
  }

  public void comeBack() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String id = exchange.getRequestHeaders().getFirst("mqttHistoryId");
      String topic = exchange.getRequestHeaders().getFirst("mqttTopic");
      String path = exchange.getRequestURI().getPath();
      posted.add(new Posted(path, Long.parseLong(id), topic, body));
      exchange.sendResponseHeaders(NO_CONTENT, -1);
    }
  }

  /** All, in the order of arrival. */
  public List<Posted> posted() {
    return List.copyOf(posted);
  }

  public int count() {
    return posted.size();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
