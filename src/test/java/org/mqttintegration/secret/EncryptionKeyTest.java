package org.mqttintegration.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncryptionKeyTest {

  private static final SecretName NAME = new SecretName("broker", "7", "password");

  private final EncryptionKey key = newKey();

  @Test
  void given_a_text_when_sealed_then_it_opens_and_does_not_stand_in_the_bytes() {
    byte[] sealed = key.seal(NAME, "hunter2 – ünter");

    assertThat(key.open(NAME, sealed)).isEqualTo("hunter2 – ünter");
    assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("hunter2");
  }

  @Test
  void given_the_same_text_when_sealed_twice_then_nobody_sees_that_it_is_the_same() {
    assertThat(key.seal(NAME, "hunter2")).isNotEqualTo(key.seal(NAME, "hunter2"));
  }

  @Test
  void given_any_bit_of_it_changed_when_opened_then_refused() {
    byte[] sealed = key.seal(NAME, "hunter2");
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertRefused(key, NAME, changed);
    }
  }

  @Test
  void given_a_part_of_it_when_opened_then_refused() {
    byte[] sealed = key.seal(NAME, "hunter2");
    for (int length = 0; length < sealed.length; length++) {
      assertRefused(key, NAME, Arrays.copyOf(sealed, length));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "broker, 8, password",
    "broker, 7, key",
    "route, 7, password",
    "broker7, '', password",
    "broker, 7password, ''",
  })
  void given_another_name_when_opened_then_refused(String kind, String owner, String name) {
    assertRefused(key, new SecretName(kind, owner, name), key.seal(NAME, "hunter2"));
  }

  @Test
  void given_another_key_when_opened_then_refused() {
    assertRefused(newKey(), NAME, key.seal(NAME, "hunter2"));
  }

  @Test
  void given_keys_when_named_then_each_has_its_own_id_and_keeps_it() {
    byte[] bytes = new byte[EncryptionKey.BYTES];

    assertThat(new EncryptionKey(bytes).id())
        .isEqualTo(new EncryptionKey(bytes.clone()).id())
        .matches("[0-9a-f]{16}")
        .isNotEqualTo(key.id());
  }

  @Test
  void given_keys_side_by_side_when_read_then_the_first_is_the_newest_and_comments_do_not_count() {
    List<String> lines = new ArrayList<>(List.of("# ours", "", EncryptionKey.generate()));
    lines.add(0, NewKeyCommand.line(EncryptionKey.generate()));

    KeyRing ring = KeyRing.read(lines, "here");

    assertThat(ring.ids()).hasSize(2);
    assertThat(lines.get(0)).contains(ring.newest().id());
  }

  @ParameterizedTest
  @CsvSource({"hunter2hunter2!", "aHVudGVyMg==", "''"})
  void given_a_line_that_is_no_key_when_read_then_its_place_is_told_and_not_its_text(String line) {
    assertThatThrownBy(
            () -> KeyRing.read(List.of(EncryptionKey.generate().substring(8), line), "f"))
        .isInstanceOf(SecretKeyException.class)
        .hasMessage("Key 1 of f is not 32 bytes in base64.");
    assertThatThrownBy(() -> KeyRing.read(List.of(line), "f"))
        .isInstanceOf(SecretKeyException.class)
        .hasMessageMatching("(Key 1 of f is not 32 bytes in base64|There is no key in f)\\.")
        .hasNoCause();
  }

  @Test
  void given_a_key_when_printed_then_it_is_not_shown() {
    byte[] bytes = new byte[EncryptionKey.BYTES];
    String text = Base64.getEncoder().encodeToString(bytes);

    assertThat(KeyRing.read(List.of(text), "f").toString()).doesNotContain(text);
    assertThat(new SecretSettings(null, text).toString()).doesNotContain(text);
  }

  private static void assertRefused(EncryptionKey key, SecretName name, byte[] sealed) {
    assertThatThrownBy(() -> key.open(name, sealed))
        .isInstanceOf(SecretException.class)
        .hasMessageStartingWith("The secret " + name + " cannot be opened")
        .hasNoCause();
  }

  private static EncryptionKey newKey() {
    return new EncryptionKey(Base64.getDecoder().decode(EncryptionKey.generate()));
  }
}
