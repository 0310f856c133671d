package org.mqttintegration.testing;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;

/** Whether containers can be had here: asked once for each image, with a time limit. */
public final class Docker {

  private static final int START_LIMIT_S = 60;
  private static final int PULL_LIMIT_S = 120;

  private static final Map<String, String> ANSWERS = new ConcurrentHashMap<>();

  /**
   * Whether Docker answers, found out once. Testcontainers first starts an image of its own (Ryuk),
   * and where no registry can be reached it goes on trying for many minutes.
   */
  private static final CompletableFuture<Boolean> ANSWERS_AT_ALL =
      CompletableFuture.supplyAsync(
              () -> DockerClientFactory.instance().isDockerAvailable(), Docker::inBackground)
          .exceptionally(failure -> false)
          .completeOnTimeout(false, START_LIMIT_S, TimeUnit.SECONDS);

  private Docker() {}

  /** Why no container of an image can be had, {@code ""} when one can. */
  public static String reasonAgainst(String image) {
    return ANSWERS.computeIfAbsent(image, Docker::probe);
  }

  private static String probe(String image) {
    if (!answers()) {
      return "Docker does not answer, or cannot start Testcontainers' own image";
    }
    try {
      DockerClient client = DockerClientFactory.instance().client();
      return isHere(client, image) || pulled(client, image) ? "" : unavailable(image);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    } catch (RuntimeException e) {
      return unavailable(image); // no registry, or it refuses
    }
  }

  private static boolean answers() {
    return ANSWERS_AT_ALL.join();
  }

  private static void inBackground(Runnable task) {
    Thread thread = new Thread(task, "docker-probe");
    thread.setDaemon(true);
    thread.start();
  }

  private static boolean isHere(DockerClient client, String image) {
    try {
      client.inspectImageCmd(image).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  private static boolean pulled(DockerClient client, String image) throws InterruptedException {
    return client.pullImageCmd(image).start().awaitCompletion(PULL_LIMIT_S, TimeUnit.SECONDS);
  }

  private static String unavailable(String image) {
    return "image %s is not here and was not pulled".formatted(image);
  }
}
