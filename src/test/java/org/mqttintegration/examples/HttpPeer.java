package org.mqttintegration.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.mqttintegration.testing.Ports;

/** A web service that can be stopped, and that tells what it was asked. */
final class HttpPeer implements AutoCloseable {

  private final int port = Ports.free();
  private final Function<Request, Answer> service;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private ExecutorService threads;

  record Request(String path, String contentType, String idempotencyKey, String body) {}

  record Answer(int status, String body) {}

  /** Not started yet. */
  HttpPeer(Function<Request, Answer> service) {
    this.service = service;
  }

  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Host and port. */
  String address() {
    return "127.0.0.1:" + port;
  }

  /** Those that were answered with 200, in their order. */
  List<Request> requests() {
    return List.copyOf(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request =
          new Request(
              exchange.getRequestURI().getPath(),
              exchange.getRequestHeaders().getFirst("Content-Type"),
              exchange.getRequestHeaders().getFirst("Idempotency-Key"),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      Answer answer = service.apply(request);
      if (answer.status() == 200) {
        requests.add(request);
      }
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
