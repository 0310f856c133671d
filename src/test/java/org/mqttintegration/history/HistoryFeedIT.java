package org.mqttintegration.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.history.FeedPage.FeedMessage;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** The history read as a log. */
@HistorySlice
class HistoryFeedIT {

  private static final FeedFilter ALL = new FeedFilter(null, null, null);

  @Autowired private CamelContext camel;
  @Autowired private HistoryFeed feed;

  private final JdbcClient database = JdbcClient.create(HistorySlice.Database.direct());

  @BeforeEach
  void emptyHistory() {
    database.sql("truncate history, history_commit").update();
  }

  @Test
  void given_recorded_messages_when_read_page_by_page_then_each_comes_once_and_in_order() {
    record(2_500);

    List<String> read = new ArrayList<>();
    FeedPosition position = FeedPosition.START;
    FeedPage page;
    do {
      page = feed.read(position, ALL, 700);
      page.messages().forEach(m -> read.add(new String(m.message().payload())));
      assertThat(page.reached()).isGreaterThanOrEqualTo(position);
      assertThat(page.messages()).hasSizeLessThanOrEqualTo(700);
      position = page.reached();
    } while (!page.messages().isEmpty());

    assertThat(read).isEqualTo(IntStream.range(0, 2_500).mapToObj(Integer::toString).toList());
    assertThat(position).isEqualTo(feed.end());
    assertThat(feed.lag(position).messages()).isZero();
    assertThat(feed.lag(FeedPosition.START).messages()).isEqualTo(2_500);
  }

  @Test
  void given_any_place_within_a_commit_when_read_on_then_what_follows_comes() {
    record(300);
    List<FeedMessage> all = feed.read(FeedPosition.START, ALL, 300).messages();

    for (int i = 0; i < 300; i += 37) {
      FeedMessage next = feed.read(all.get(i).position(), ALL, 1).messages().get(0);
      assertThat(next.message().id()).isEqualTo(all.get(i + 1).message().id());
      assertThat(feed.lag(all.get(i).position()).messages()).isEqualTo(299 - i);
    }
  }

  @Test
  void given_a_filter_when_nothing_matches_then_the_place_moves_on_all_the_same() {
    record(2_500);

    FeedPage page = feed.read(FeedPosition.START, new FeedFilter(7L, 70L, "other/#"), 10);
    FeedPage next = feed.read(page.reached(), new FeedFilter(7L, 70L, "other/#"), 10);

    assertThat(page.messages()).isEmpty();
    assertThat(page.reached()).isGreaterThan(FeedPosition.START);
    assertThat(next.reached()).isEqualTo(feed.end());
    assertThat(feed.read(FeedPosition.START, new FeedFilter(7L, 70L, "plant/+"), 10).messages())
        .hasSize(10);
    assertThat(feed.read(FeedPosition.START, new FeedFilter(8L, null, null), 10).messages())
        .isEmpty();
  }

  @Test
  void given_large_payloads_when_read_then_a_page_is_bounded_and_the_first_always_comes() {
    Recorder recorder = new Recorder(camel);
    for (int i = 0; i < 5; i++) {
      recorder.receive(Received.message("plant/large", new byte[6 * 1024 * 1024], 1));
      recorder.awaitAll();
    }

    List<FeedMessage> read = new ArrayList<>();
    FeedPosition position = FeedPosition.START;
    for (int i = 0; i < 5; i++) {
      FeedPage page = feed.read(position, ALL, 100);
      assertThat(page.messages()).hasSizeBetween(1, 2);
      read.addAll(page.messages());
      position = page.reached();
      if (position.equals(feed.end())) {
        break;
      }
    }
    assertThat(read).hasSize(5);
  }

  @Test
  void given_a_time_or_an_id_when_looked_for_then_the_message_is_the_next_one() {
    Recorder recorder = new Recorder(camel);
    for (int i = 0; i < 100; i++) {
      Instant time = Received.NOW.plusSeconds(i);
      recorder.receive(Received.at(time, "plant/a", Integer.toString(i).getBytes(), 1));
    }
    recorder.awaitAll();
    long first = feed.read(FeedPosition.START, ALL, 1).messages().get(0).message().id();

    assertThat(next(feed.before(Received.NOW.plusSeconds(41)))).isEqualTo("41");
    assertThat(next(feed.before(Received.NOW.plusMillis(41_500)))).isEqualTo("42");
    assertThat(next(feed.before(Instant.EPOCH))).isEqualTo("0");
    assertThat(next(feed.before(first + 57))).isEqualTo("57");
    assertThat(next(feed.before(0))).isEqualTo("0");
    assertThat(feed.before(Received.NOW.plusSeconds(200))).isEqualTo(feed.end());
    assertThat(feed.before(Long.MAX_VALUE)).isEqualTo(feed.end());
  }

  @Test
  void given_a_writer_with_lower_ids_that_commits_late_when_read_then_it_is_not_skipped() {
    Writer late = new Writer(1_000_000);
    Writer early = new Writer(2_000_000);

    late.write(
        3,
        () -> {
          early.write(2, () -> {});
          assertThat(ids(feed.read(FeedPosition.START, ALL, 10)))
              .containsExactly(2_000_000L, 2_000_001L);
        });

    FeedPosition afterEarly = feed.read(FeedPosition.START, ALL, 2).reached();
    assertThat(ids(feed.read(afterEarly, ALL, 10)))
        .containsExactly(1_000_000L, 1_000_001L, 1_000_002L);
  }

  @Test
  void given_writers_side_by_side_when_read_meanwhile_then_none_of_their_rows_is_skipped() {
    List<CompletableFuture<Void>> writers =
        IntStream.range(0, 4)
            .mapToObj(
                w -> CompletableFuture.runAsync(() -> writeALot(new Writer(1_000_000L * (w + 1)))))
            .toList();
    CompletableFuture<Void> all =
        CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new));

    List<Long> read = new ArrayList<>();
    FeedPosition position = FeedPosition.START;
    boolean last = false;
    while (!last) {
      last = all.isDone();
      FeedPage page = feed.read(position, ALL, 50);
      read.addAll(ids(page));
      last &= page.reached().equals(position);
      position = page.reached();
    }
    all.join();

    List<Long> stored = database.sql("select id from history").query(Long.class).list();
    assertThat(stored).hasSizeGreaterThan(400);
    assertThat(read).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(stored);
    for (int w = 1; w <= 4; w++) {
      long from = 1_000_000L * w;
      assertThat(read.stream().filter(id -> id >= from && id < from + 1_000_000)).isSorted();
    }
  }

  private static void writeALot(Writer writer) {
    Random random = new Random(7);
    for (int i = 0; i < 60; i++) {
      writer.write(1 + random.nextInt(5), () -> LockSupport.parkNanos(random.nextInt(3_000_000)));
    }
  }

  private void record(int messages) {
    Recorder recorder = new Recorder(camel);
    for (int i = 0; i < messages; i++) {
      recorder.receive(Received.message("plant/a", i));
    }
    recorder.awaitAll();
  }

  private String next(FeedPosition position) {
    return new String(feed.read(position, ALL, 1).messages().get(0).message().payload());
  }

  private static List<Long> ids(FeedPage page) {
    return page.messages().stream().map(m -> m.message().id()).toList();
  }

  /** Another node: ids of its own block, a transaction for each batch. */
  private static final class Writer {

    private final TransactionTemplate transaction;
    private final JdbcClient client;
    private long next;

    private Writer(long first) {
      this.next = first;
      DataSource source = new SingleConnectionDataSource(connection(), true);
      this.transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
      this.client = JdbcClient.create(source);
    }

    private static Connection connection() {
      try {
        return HistorySlice.Database.direct().getConnection();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Writes rows, does something else, and notes and commits them. */
    void write(int rows, Runnable between) {
      transaction.executeWithoutResult(
          status -> {
            long first = next;
            for (int i = 0; i < rows; i++) {
              client
                  .sql(
                      """
                      insert into history (id, "timestamp", direction, broker_id, topic, payload, qos, retain, duplicate)
                      values (?, now(), 'receive', 7, 'plant/a', '', 1, false, false)
                      """)
                  .param(next++)
                  .update();
            }
            between.run();
            client
                .sql("select history_committed(?, ?, now(), now(), ?)")
                .params(first, next - 1, rows)
                .query((row, number) -> number)
                .list();
          });
    }
  }
}
