package org.mqttintegration.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

class UnitOfWorkTest {

  private final List<String> done = new ArrayList<>();
  private final UnitOfWork unitOfWork = new UnitOfWork(TransactionOperations.withoutTransaction());

  @Test
  void given_works_that_are_one_when_they_are_committed_then_each_has_what_follows_it() {
    String result =
        unitOfWork.together(
            () -> {
              work("first", () -> done.add("after first"));
              work("second", this::fail);
              work("third", () -> done.add("after third"));
              return "all";
            },
            all -> true);

    assertThat(result).isEqualTo("all");
    assertThat(done).containsExactly("first", "second", "third", "after first", "after third");
  }

  @Test
  void given_works_that_are_not_kept_when_they_end_then_nothing_follows() {
    unitOfWork.together(
        () -> {
          work("first", () -> done.add("after first"));
          return "all";
        },
        all -> false);

    assertThat(done).containsExactly("first");
  }

  @Test
  void given_a_committed_work_when_what_follows_fails_then_the_work_has_not() {
    work("one", this::fail);

    assertThat(done).containsExactly("one");
  }

  private void work(String name, Runnable follow) {
    unitOfWork.commit(() -> done.add(name), Map.of());
    unitOfWork.afterwards(follow);
  }

  private void fail() {
    throw new IllegalStateException("no route");
  }
}
