package org.mqttintegration.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.SimpleTransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

/** What happens while the database is away, over a stop too. */
class RecordEventsTest {

  private static final RecordRef BROKER = RecordRef.of(RecordKind.BROKER, 1, "Plant");

  @TempDir Path folder;
  private final List<NewEntry> stored = new CopyOnWriteArrayList<>();
  private volatile boolean away;
  private volatile boolean blocked;

  @Test
  void given_a_database_that_is_away_when_stopped_then_the_next_start_tells_it_once() {
    away = true;
    RecordEvents first = events();
    first.start();
    first.happened(event("lost", "It's \"cut\""));
    first.happened(event("lost", "again"));
    first.happened(event("lost", "and again"));
    first.stop();
    assertThat(stored).isEmpty();

    away = false;
    RecordEvents second = events();
    second.start();
    await().until(() -> stored.size() == 2);
    second.stop();
    RecordEvents third = events();
    third.start();
    third.stop();

    assertThat(stored).hasSize(2);
    NewEntry entry = stored.get(0);
    assertThat(entry.record()).isEqualTo(BROKER);
    assertThat(entry.event()).isEqualTo("lost");
    assertThat(entry.severity()).isEqualTo(Severity.WARNING);
    assertThat(entry.text()).isEqualTo("It's \"cut\"");
    assertThat(stored.get(1).text()).startsWith("2 × lost since ").endsWith("the last: and again");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void given_events_of_two_stops_when_the_database_is_back_then_all_are_told_in_their_order() {
    away = true;
    for (String event : List.of("lost", "refused")) {
      RecordEvents events = events();
      events.start();
      events.happened(event(event, null));
      events.stop();
    }
    away = false;
    RecordEvents events = events();
    events.start();
    await().until(() -> stored.size() == 2);
    events.stop();

    assertThat(stored).extracting(NewEntry::event).containsExactly("lost", "refused");
  }

  @Test
  void given_a_connection_that_is_waited_for_when_stopped_then_nothing_is_lost() {
    blocked = true;
    RecordEvents first = events();
    first.start();
    first.happened(event("lost", null));
    first.stop();
    blocked = false;

    RecordEvents second = events();
    second.start();
    await().until(() -> stored.size() == 1);
    second.stop();
  }

  @Test
  void given_a_file_that_is_no_json_when_started_then_the_application_goes_on() throws Exception {
    Files.writeString(folder.resolve("record-events.json"), "{");
    RecordEvents events = events();
    events.start();
    events.happened(event("lost", null));

    await().until(() -> stored.size() == 1);
    events.stop();
  }

  private static RecordEvent event(String event, String text) {
    return RecordEvent.failure(BROKER, event, text);
  }

  private RecordEvents events() {
    AuditLog log =
        new AuditLog(Mockito.mock(), new ObjectMapper()) {
          @Override
          long append(NewEntry entry) {
            stored.add(entry);
            return stored.size();
          }
        };
    Duration minute = Duration.ofMinutes(1);
    return new RecordEvents(
        log,
        Mockito.mock(),
        new Database(),
        new LeftEvents(folder.toString(), new ObjectMapper().registerModule(new JavaTimeModule())),
        new ActivitySettings(
            minute, minute, null, minute, minute, minute, minute, minute, Mockito.mock()));
  }

  /** It is there, away, or has no connection free. */
  private final class Database implements TransactionOperations {

    @Override
    public <T> T execute(TransactionCallback<T> action) {
      check();
      return action.doInTransaction(new SimpleTransactionStatus());
    }

    @Override
    public void executeWithoutResult(Consumer<TransactionStatus> action) {
      check();
      action.accept(new SimpleTransactionStatus());
    }

    private void check() {
      if (blocked) {
        try {
          Thread.sleep(Duration.ofMinutes(1).toMillis());
        } catch (InterruptedException e) {
          throw new DataAccessResourceFailureException("interrupted", e);
        }
      }
      if (away) {
        throw new DataAccessResourceFailureException("away");
      }
    }
  }
}
