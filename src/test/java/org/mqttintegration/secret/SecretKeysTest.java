package org.mqttintegration.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretKeysTest {

  @TempDir Path directory;

  @Test
  void given_no_file_when_begun_without_secrets_then_one_is_made_that_only_its_owner_reads()
      throws IOException {
    KeyRing ring = keys(null).begin(List.of());

    assertThat(ring.keys()).hasSize(1);
    Path file = directory.resolve("data/secrets.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    assertThat(keys(null).begin(List.of()).ids()).isEqualTo(ring.ids());
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void given_no_file_when_begun_with_secrets_then_none_is_made_and_it_is_told_what_to_do() {
    assertThatThrownBy(() -> keys(null).begin(List.of("0123456789abcdef")))
        .isInstanceOf(SecretKeyException.class)
        .hasMessageContaining("key 0123456789abcdef")
        .hasMessageContaining("there is no key file " + directory);
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void given_a_key_in_the_settings_when_begun_then_no_file_is_made() {
    String key = EncryptionKey.generate();

    KeyRing ring = keys(key + "," + EncryptionKey.generate()).begin(List.of());

    assertThat(ring.keys()).hasSize(2);
    assertThat(directory.resolve("data")).doesNotExist();
    assertThat(keys(key).begin(List.of(ring.newest().id())).ids())
        .containsExactly(ring.newest().id());
  }

  @Test
  void given_another_key_than_the_secrets_need_when_begun_then_both_are_named() {
    String key = EncryptionKey.generate();
    String id = keys(key).begin(List.of()).newest().id();

    assertThatThrownBy(() -> keys(key).begin(List.of("0123456789abcdef", id)))
        .isInstanceOf(SecretKeyException.class)
        .hasMessage(
            "There are secrets in the database that key 0123456789abcdef encrypted;"
                + " mqtt-integration.secrets.key has key %s.",
            id);
  }

  @Test
  void given_a_file_of_others_when_begun_then_it_counts() throws IOException {
    Path file = directory.resolve("keys");
    new KeyFile(file).create("first");
    new KeyFile(file).create("second");

    assertThat(file).hasContent("first");
  }

  @Test
  void given_a_new_key_before_the_old_one_when_read_again_then_it_is_the_newest()
      throws IOException {
    SecretKeys keys = keys(null);
    String old = keys.begin(List.of()).newest().id();
    Path file = directory.resolve("data/secrets.key");
    Files.writeString(file, EncryptionKey.generate() + "\n" + Files.readString(file));

    assertThat(keys.readAgain(List.of(old)).ids()).hasSize(2).last().isEqualTo(old);
    assertThat(keys.ring().newest().id()).isNotEqualTo(old);
  }

  @Test
  void given_the_old_key_replaced_when_read_again_then_refused_and_the_old_one_stays_in_use()
      throws IOException {
    SecretKeys keys = keys(null);
    String old = keys.begin(List.of()).newest().id();
    Files.writeString(directory.resolve("data/secrets.key"), EncryptionKey.generate());

    assertThatThrownBy(() -> keys.readAgain(List.of(old))).isInstanceOf(SecretKeyException.class);
    assertThat(keys.ring().ids()).containsExactly(old);
  }

  private SecretKeys keys(String given) {
    return new SecretKeys(new SecretSettings(null, given), directory.resolve("data").toString());
  }
}
