package org.mqttintegration.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  @TempDir Path directory;

  @Test
  void given_a_directory_in_use_when_opened_again_then_it_is_refused_with_its_path() {
    try (DataDirectory first = DataDirectory.open(directory.resolve("new"))) {
      assertThat(first.path()).isDirectory();
      assertThatThrownBy(() -> DataDirectory.open(first.path()))
          .isInstanceOf(DataDirectoryInUseException.class)
          .hasMessageContaining(first.path().toString())
          .hasMessageContaining("another running instance");
    }
  }

  @Test
  void given_a_directory_that_was_closed_when_opened_again_then_it_can_be_used() {
    DataDirectory.open(directory).close();
    try (DataDirectory again = DataDirectory.open(directory)) {
      assertThat(again.path()).isEqualTo(directory);
    }
  }
}
