package org.mqttintegration.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RequestPlacesTest {

  private static final int REQUESTS = 100;

  private final RequestPlaces places = new RequestPlaces();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();

  @AfterEach
  void noThreads() {
    end.countDown();
    threads.shutdown();
  }

  @Test
  void given_more_requests_than_places_when_they_work_then_the_others_wait() {
    start(this::work);
    await().until(() -> begun.get() == 32);
    assertThat(ended.get()).isZero();
    end.countDown();
    await().until(() -> ended.get() == REQUESTS);
  }

  @Test
  void given_requests_that_are_away_when_others_come_then_they_have_a_place() {
    start(
        () -> {
          try (RequestPlaces.Away away = places.away()) {
            work();
          }
        });
    await().until(() -> begun.get() == REQUESTS);
    end.countDown();
    await().until(() -> ended.get() == REQUESTS);
    begun.set(0);
    start(this::work);
    await().until(() -> begun.get() == REQUESTS);
  }

  @Test
  void given_a_thread_that_serves_no_request_when_it_is_away_then_no_place_comes_of_it() {
    for (int i = 0; i < REQUESTS; i++) {
      places.away().close();
    }
    start(this::work);
    await().until(() -> begun.get() == 32);
    assertThat(begun.get()).isEqualTo(32);
  }

  private void start(Runnable request) {
    for (int i = 0; i < REQUESTS; i++) {
      threads.execute(places.decorate(request));
    }
  }

  private void work() {
    begun.incrementAndGet();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ended.incrementAndGet();
  }
}
