package org.mqttintegration.console.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.mqttintegration.problem.ProblemException;

class ExportsTest {

  private final Exports exports = new Exports();

  @Test
  void given_an_export_when_another_account_asks_for_it_then_there_is_none() {
    exports.begin("a", export());

    assertThat(exports.find("a", 1)).isPresent();
    assertThat(exports.find("a", 2)).isEmpty();
    assertThatThrownBy(() -> exports.begin("a", export())).isInstanceOf(ProblemException.class);
  }

  @Test
  void given_many_exports_when_others_begin_then_only_the_last_are_known_and_few_run() {
    for (int i = 0; i < 250; i++) {
      exports.begin("ended-" + i, export()).end(true);
    }
    assertThat(exports.find("ended-0", 1)).isEmpty();
    assertThat(exports.find("ended-249", 1)).isPresent();
    for (int i = 0; i < 8; i++) {
      exports.begin("running-" + i, export());
    }

    assertThatThrownBy(() -> exports.begin("one-more", export()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("8 exports are running");
  }

  @Test
  void given_an_export_when_it_is_cancelled_then_reading_it_fails_and_it_stays_cancelled()
      throws IOException {
    Export export = exports.begin("c", export());
    try (InputStream body = export.follow(new ByteArrayInputStream(new byte[10]))) {
      assertThat(body.read(new byte[4])).isEqualTo(4);
      export.cancel();
      assertThatThrownBy(() -> body.read(new byte[4])).isInstanceOf(IOException.class);
    }
    export.end(false);

    assertThat(export.state()).isEqualTo("cancelled");
  }

  private static Export export() {
    return new Export(1, null, null);
  }
}
