package org.mqttintegration.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.mqttintegration.testing.Chromium;

/** Asks one application for pages over REST and of the console, as somebody who is signed in. */
final class PageReader {

  private final Application application;
  private final String cookies;
  private final HttpClient client = HttpClient.newHttpClient();

  private PageReader(Application application, String cookies) {
    this.application = application;
    this.cookies = cookies;
  }

  /** Signs in as people do, with a browser that ends then. */
  static PageReader signedIn(Application application) {
    try (Chromium chromium = new Chromium(application.port())) {
      return new PageReader(application, OpenStreams.cookies(chromium, application));
    } finally {
      Chromium.quit();
    }
  }

  String cookies() {
    return cookies;
  }

  /**
   * Asks for a page, which must come, and tells how many messages it has, as far as it has some.
   */
  int ask(String path) {
    if (path.startsWith("/console")) {
      return console(path).split("data-number=", -1).length - 1;
    }
    JsonNode page = Page.get(application.api(), path);
    return page.has("messages") ? page.path("messages").asInt() : page.path("items").size();
  }

  private String console(String path) {
    URI address = URI.create("http://127.0.0.1:" + application.port() + path);
    HttpRequest request = HttpRequest.newBuilder(address).header("Cookie", cookies).build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new AssertionError(path + " answered " + response.statusCode());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
