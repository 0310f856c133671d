package org.mqttintegration.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What routes of files take in over HTTP is looked at as what the contract's operations take. */
class RefusedIngestTest extends RestTest {

  private static final byte[] TOO_LARGE = new byte[12_000_000];

  @ParameterizedTest
  @ValueSource(strings = {"/ingest/topics/plant", "/ingest/topics", "/%69ngest/topics/plant"})
  void given_a_body_that_is_too_large_when_it_is_posted_to_a_route_then_it_is_refused(String path)
      throws Exception {
    problem(send(text(path).POST(BodyPublishers.ofByteArray(TOO_LARGE))), 413, "payload-too-large");
    assertThat(stub.operations).isEmpty();
  }

  @Test
  void given_a_chunked_body_that_is_too_large_when_it_is_posted_to_a_route_then_it_is_refused()
      throws Exception {
    problem(
        send(
            text("/ingest/topics/plant")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(TOO_LARGE)))),
        413,
        "payload-too-large");
    assertThat(stub.operations).isEmpty();
  }

  @Test
  void given_a_body_that_is_packed_when_it_is_posted_to_a_route_then_it_is_refused()
      throws Exception {
    problem(
        send(
            text("/ingest/topics/plant")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(Packed.gzip("21.5")))),
        415,
        "unsupported-media-type");
    assertThat(stub.operations).isEmpty();
  }

  @Test
  void given_a_body_of_any_type_when_it_is_posted_to_a_route_then_it_has_it() throws Exception {
    assertThat(
            send(text("/ingest/topics/plant").POST(BodyPublishers.ofString("21.5"))).statusCode())
        .isEqualTo(204);

    assertThat(stub.operations).containsExactly(RestSlice.INGEST);
    assertThat(stub.body).isEqualTo("21.5");
  }

  private HttpRequest.Builder text(String path) {
    return request(path).header("Content-Type", "text/plain");
  }
}
