package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.mqtt.QosTwoGate.Held;

/** The streams between the socket and Paho. */
class PacketStreamsTest {

  private static final int MAXIMUM = 1_000;
  private static final byte[] PUBLISH = BrokerPackets.publish("a/b", 1, 7, 3, new byte[300]);
  private static final byte[] PING_RESPONSE = {(byte) 0xD0, 0};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 4096})
  void given_subacks_among_packets_when_read_in_any_pieces_then_only_unknown_codes_change(int piece)
      throws IOException {
    byte[] known = BrokerPackets.answer(0x90, 5, 0x87);
    byte[] unknown = BrokerPackets.answer(0x90, 0x0102, 0xA2);
    byte[] replaced = BrokerPackets.answer(0x90, 0x0102, 0x83);
    List<Integer> begun = new ArrayList<>();
    PacketInput input =
        new PacketInput(
            new Hesitant(join(PUBLISH, known, PING_RESPONSE, unknown, PUBLISH)),
            MAXIMUM,
            begun::add);

    byte[] read = readPatiently(input, piece);

    assertThat(read).isEqualTo(join(PUBLISH, known, PING_RESPONSE, replaced, PUBLISH));
    assertThat(begun).containsExactly(PUBLISH[0] & 0xFF, 0x90, 0xD0, 0x90, PUBLISH[0] & 0xFF);
    assertThat(input.refusal(5)).isNull();
    assertThat(input.refusal(0x0102)).isEqualTo(0xA2);
    assertThat(input.refusal(0x0102)).as("told once").isNull();
  }

  private final List<Integer> released = new ArrayList<>();

  @Test
  void given_a_connection_that_ends_within_a_suback_when_read_then_it_is_the_end() {
    byte[] cut = Arrays.copyOf(BrokerPackets.answer(0x90, 5, 0), 3);

    PacketInput input = new PacketInput(new ByteArrayInputStream(cut), MAXIMUM, octet -> {});

    assertThatThrownBy(input::read).isInstanceOf(EOFException.class);
  }

  @ParameterizedTest
  @CsvSource({"1001, 1000, false", "1000, 1000, true", "268435460, 1000, false"})
  void given_a_packet_when_it_claims_more_than_the_maximum_then_its_length_is_refused_at_once(
      int size, int maximum, boolean taken) throws IOException {
    int remaining = size - (size > 1_000_000 ? 5 : 3);
    ByteArrayOutputStream claim = new ByteArrayOutputStream();
    claim.write(0x30);
    for (int rest = remaining; rest > 0; rest /= 128) {
      claim.write(rest > 127 ? rest % 128 | 128 : rest);
    }
    PacketInput input =
        new PacketInput(new ByteArrayInputStream(claim.toByteArray()), maximum, octet -> {});

    if (taken) {
      assertThat(input.readNBytes(3)).isEqualTo(claim.toByteArray());
    } else {
      assertThatThrownBy(() -> input.readNBytes(5)).hasMessageContaining("maximum packet size");
    }
  }

  @Test
  void given_a_length_that_never_ends_when_read_then_it_is_refused() {
    byte[] endless = {0x30, -1, -1, -1, -1, 1};
    PacketInput input = new PacketInput(new ByteArrayInputStream(endless), MAXIMUM, octet -> {});

    assertThatThrownBy(() -> input.readNBytes(6)).hasMessageContaining("malformed");
  }

  @Test
  void given_a_pubrec_when_its_message_is_not_safe_then_it_does_not_pass() throws IOException {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    QosTwoGate gate = new QosTwoGate(wire, this::held);
    byte[] pubrec = {0x50, 2, 1, 4};
    byte[] puback = {0x40, 2, 1, 4};

    packet(gate, pubrec);
    packet(gate, puback);
    assertThat(wire.toByteArray()).isEqualTo(puback);

    gate.open(Held.PUBREC, 0x0104);
    packet(gate, pubrec);
    packet(gate, pubrec);
    assertThat(wire.toByteArray()).as("one passes").isEqualTo(join(puback, pubrec));
    assertThat(released).isEmpty();
  }

  @Test
  void given_a_pubcomp_when_its_release_is_not_safe_then_it_is_told_and_does_not_pass()
      throws IOException {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    QosTwoGate gate = new QosTwoGate(wire, this::held);
    byte[] pubcomp = {0x70, 2, 1, 4};

    packet(gate, pubcomp);
    assertThat(released).containsExactly(0x0104);
    assertThat(wire.size()).isZero();

    gate.open(Held.PUBREC, 0x0104);
    packet(gate, pubcomp);
    gate.open(Held.PUBCOMP, 0x0104);
    packet(gate, pubcomp);
    assertThat(wire.toByteArray()).isEqualTo(pubcomp);
  }

  @Test
  void given_a_packet_written_in_pieces_when_a_piece_looks_like_a_pubrec_then_it_passes()
      throws IOException {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    QosTwoGate gate = new QosTwoGate(wire, this::held);

    gate.write(PUBLISH, 0, 10);
    gate.write(new byte[] {0x50, 2, 1, 4});
    gate.flush();

    assertThat(wire.size()).isEqualTo(14);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 125, 126, 65_535, 65_536, 100_000})
  void given_frames_of_any_length_when_read_then_their_bytes_come_and_pings_are_answered(int length)
      throws IOException {
    byte[] payload = new byte[length];
    Arrays.fill(payload, (byte) 9);
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    byte[] frames =
        join(frame(0x2, payload), frame(0x9, new byte[] {1, 2}), frame(0x0, payload), frame(0x8));
    WebSocketInput input = new WebSocketInput(new Hesitant(frames), new WebSocketOutput(answers));

    byte[] read = readPatiently(input, 1000);

    assertThat(read).isEqualTo(join(payload, payload));
    assertThat(answers.toByteArray()).hasSize(2 + 4 + 2).startsWith(0x8A, 0x82);
  }

  @Test
  void given_a_masked_frame_when_read_then_the_connection_is_refused() {
    WebSocketInput input =
        new WebSocketInput(
            new ByteArrayInputStream(new byte[] {(byte) 0x82, (byte) 0x81, 0, 0, 0, 0, 1}),
            new WebSocketOutput(new ByteArrayOutputStream()));

    assertThatThrownBy(input::read).hasMessageContaining("does not mask");
  }

  private void held(Held type, int packetIdentifier) {
    if (type != Held.PUBREC) {
      released.add(packetIdentifier);
    }
  }

  private static void packet(QosTwoGate gate, byte[] bytes) throws IOException {
    gate.write(bytes, 0, bytes.length);
    gate.flush();
  }

  private static byte[] frame(int opcode, byte... payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(0x80 | opcode);
    if (payload.length < 126) {
      frame.write(payload.length);
    } else if (payload.length < 65_536) {
      frame.write(126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    } else {
      frame.write(127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) payload.length >> shift));
      }
    }
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  /** Reads to the end, in pieces, calling again after each time-out as Paho's reader does. */
  private static byte[] readPatiently(InputStream input, int piece) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[piece];
    while (true) {
      try {
        int count = input.read(buffer, 0, piece);
        if (count < 0) {
          return all.toByteArray();
        }
        all.write(buffer, 0, count);
      } catch (SocketTimeoutException again) {
        // nothing is lost by it
      }
    }
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** A socket's stream that times out before every other read. */
  private static final class Hesitant extends InputStream {

    private final ByteArrayInputStream in;
    private boolean hesitate;

    Hesitant(byte[] bytes) {
      in = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() throws IOException {
      hesitate = !hesitate;
      if (hesitate) {
        throw new SocketTimeoutException();
      }
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      hesitate = !hesitate;
      if (hesitate) {
        throw new SocketTimeoutException();
      }
      return in.read(bytes, offset, length);
    }
  }
}
