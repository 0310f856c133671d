package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateFilesTest {

  @TempDir Path outside;
  private CertificateFiles files;
  private Path directory;

  @BeforeEach
  void aDirectory() throws IOException {
    directory = Files.createDirectories(outside.resolve("certificates/plant")).getParent();
    files = new CertificateFiles(Fixtures.settings(directory));
    Files.writeString(outside.resolve("secret.pem"), "secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ca.pem", "plant/ca.pem", "plant/new/ca.pem", "ca..pem"})
  void given_a_name_below_the_directory_when_checked_then_it_has_no_fault(String name) {
    assertThat(files.fault(name)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "..",
        "../secret.pem",
        "plant/../../secret.pem",
        "/etc/passwd",
        "a\0b"
      })
  void given_a_name_that_leads_out_when_checked_then_it_is_refused(String name) {
    assertThat(files.fault(name)).isNotBlank();
    assertThatThrownBy(() -> files.certificates(name)).isNotNull();
  }

  @Test
  void given_a_link_that_leads_out_when_checked_then_it_is_refused() throws IOException {
    Files.createSymbolicLink(directory.resolve("link.pem"), outside.resolve("secret.pem"));
    Files.createSymbolicLink(directory.resolve("folder"), outside);
    Files.createSymbolicLink(directory.resolve("nowhere"), outside.resolve("not-there-yet"));

    assertThat(files.fault("link.pem")).isNotBlank();
    assertThat(files.fault("folder/secret.pem")).isNotBlank();
    assertThat(files.fault("nowhere")).isNotBlank();
    assertThat(files.fault("nowhere/ca.pem")).isNotBlank();
  }

  @Test
  void given_a_link_that_stays_inside_when_checked_then_it_is_taken() throws IOException {
    Files.writeString(directory.resolve("plant/real.pem"), "");
    Files.createSymbolicLink(directory.resolve("link.pem"), directory.resolve("plant/real.pem"));

    assertThat(files.fault("link.pem")).isNull();
  }

  @Test
  void given_a_file_that_is_no_key_when_read_then_the_failure_does_not_quote_it()
      throws IOException {
    Files.writeString(
        directory.resolve("k.pem"),
        "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\n");

    assertThatThrownBy(() -> files.privateKey("k.pem"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("k.pem")
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
    assertThatThrownBy(() -> files.certificates("none.pem"))
        .hasMessageContaining("no file none.pem");
  }
}
