package org.mqttintegration.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.RestApi.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** Addresses of callers behind a proxy, and limits that are low enough to be met. */
@IntegrationTest
@TestPropertySource(
    properties = {
      "mqtt-integration.api.trusted-proxies=127.0.0.0/8",
      "mqtt-integration.access.rate-limit.requests-per-second=5",
      "mqtt-integration.access.rate-limit.burst=40",
      // Quartz keeps the data sources of a JVM by name, and another application runs here too
      "spring.quartz.scheduler-name=behind-proxy"
    })
@DirtiesContext
class BehindProxyIT {

  private static final String PASSWORD = "correct horse battery";
  private static final String FORWARDED = "X-Forwarded-For";
  private static final int MORE_THAN_THE_LIMIT = 2_000;

  @Autowired RestApi rest;
  @Autowired JdbcClient database;

  @Test
  void given_forged_addresses_when_sign_ins_fail_then_the_one_that_the_proxy_saw_is_locked_out() {
    user("forger");
    RestApi wrong = rest.as("forger", "not the password");
    for (int i = 0; i < 5; i++) {
      from(wrong, "203.0.113.%d, 198.51.100.7".formatted(i)).expectProblem(401, "not-signed-in");
    }
    hold("both forger 198.51.100.7");

    RestApi right = rest.as("forger", PASSWORD);
    from(right, "203.0.113.9, 198.51.100.7").expectProblem(429, "too-many-sign-ins");
    from(right, "198.51.100.8").expect(200);
    assertThat(keys("forger")).containsExactly("both forger 198.51.100.7");
  }

  @Test
  void given_proxies_in_a_row_when_they_are_trusted_then_the_caller_in_front_of_them_counts() {
    user("rows");
    from(rest.as("rows", "wrong"), "198.51.100.10, 127.0.0.5").expect(401);
    from(rest.as("rows", "wrong"), "198.51.100.11:4711, 127.0.0.5, 127.0.0.1").expect(401);
    from(rest.as("rows", "wrong"), "198.51.100.12, unknown").expect(401);
    from(rest.as("rows", "wrong"), "2001:db8:1:2::3").expect(401);

    assertThat(keys("rows"))
        .containsExactlyInAnyOrder(
            "both rows 198.51.100.10",
            "both rows 198.51.100.11",
            "both rows 127.0.0.1",
            "both rows 2001:db8:1:2:0:0:0:0/64");
  }

  @Test
  void given_a_proxy_that_has_the_tls_when_it_says_so_then_browsers_are_held_to_it() {
    Map<String, String> https =
        Map.of(FORWARDED, "198.51.100.20", "X-Forwarded-Proto", "https", "Accept", "text/html");
    Answer page = rest.anonymous().send("GET", "//console/sign-in", null, https).expect(200);
    Answer plain = from(rest.anonymous(), "//console/sign-in", "198.51.100.20").expect(200);

    assertThat(page.header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
    assertThat(page.headers().allValues("Set-Cookie")).allMatch(c -> c.contains("; Secure"));
    assertThat(plain.header("Strict-Transport-Security")).isEmpty();
    assertThat(plain.headers().allValues("Set-Cookie"))
        .isNotEmpty()
        .noneMatch(c -> c.contains("; Secure"));
  }

  @Test
  void given_too_many_requests_of_an_address_when_asked_then_it_waits_and_others_do_not() {
    Answer refused =
        untilRefused(i -> from(rest.anonymous(), "//openapi.yaml", "198.51.100.30"), 200);

    refused.expectProblem(429, "too-many-requests");
    assertThat(refused.json().path("detail").asText()).contains("from this address");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
    from(rest.anonymous(), "//openapi.yaml", "198.51.100.31").expect(200);
  }

  @Test
  void given_too_many_requests_of_an_account_when_they_come_from_everywhere_then_it_waits() {
    user("busy");
    user("idle");
    RestApi busy = rest.withToken(token("busy"));

    Answer refused = untilRefused(i -> from(busy, "203.0.%d.%d".formatted(i / 250, i % 250)), 200);

    refused.expectProblem(429, "too-many-requests");
    assertThat(refused.json().path("detail").asText()).contains("of this account");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
    from(rest.withToken(token("idle")), "203.0.0.0").expect(200);
  }

  @Test
  void given_too_many_pages_of_an_address_when_asked_then_a_page_says_so() {
    Answer refused =
        untilRefused(i -> from(rest.anonymous(), "//console/sign-in", "198.51.100.40"), 200);

    assertTooMany(refused);
    from(rest.anonymous(), "//console/sign-in", "198.51.100.41").expect(200);
  }

  @Test
  void given_too_many_pages_of_an_account_when_asked_from_everywhere_then_a_page_says_so() {
    user("clicks");
    Map<String, String> signedIn = signIn("clicks");

    Answer refused =
        untilRefused(
            i -> {
              signedIn.put(FORWARDED, "203.1.%d.%d".formatted(i / 250, i % 250));
              return rest.anonymous().send("GET", "//console/password", null, signedIn);
            },
            200);

    assertTooMany(refused);
  }

  private static void assertTooMany(Answer page) {
    page.expect(429);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.text()).contains("<h1>Too many requests</h1>", "Wait a little, then reload.");
    assertThat(Integer.parseInt(page.header("Retry-After"))).isPositive();
  }

  /** Asks until it is refused; before, each answer has that status. */
  private static Answer untilRefused(IntFunction<Answer> ask, int before) {
    for (int i = 0; i < MORE_THAN_THE_LIMIT; i++) {
      Answer answer = ask.apply(i);
      if (answer.status() == 429) {
        assertThat(i).isGreaterThanOrEqualTo(30); // and no sooner
        return answer;
      }
      answer.expect(before);
    }
    throw new AssertionError("never refused");
  }

  private void user(String name) {
    rest.create("/users", Map.of("name", name, "password", PASSWORD, "mustChangePassword", false));
  }

  private String token(String name) {
    return rest.as(name, PASSWORD)
        .post("/me/tokens", Map.of("name", "t"))
        .expect(201)
        .json()
        .required("token")
        .asText();
  }

  private static Answer from(RestApi api, String addresses) {
    return from(api, "/me", addresses);
  }

  private static Answer from(RestApi api, String path, String addresses) {
    return api.send("GET", path, null, Map.of(FORWARDED, addresses, "Accept", "text/html, */*"));
  }

  /** Signs in by the form, and gives the headers of whoever is. */
  private Map<String, String> signIn(String name) {
    Map<String, String> headers = new HashMap<>(Map.of("Accept", "text/html"));
    Answer form = rest.anonymous().send("GET", "//console/sign-in", null, headers).expect(200);
    Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(form.text());
    assertThat(token.find()).isTrue();
    headers.put("Cookie", cookies(form));
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    String body =
        "username=%s&password=%s&_csrf=%s"
            .formatted(name, PASSWORD.replace(' ', '+'), token.group(1));
    Answer in = rest.anonymous().send("POST", "//console/sign-in", body, headers).expect(302);
    headers.remove("Content-Type");
    headers.put("Cookie", cookies(in));
    return headers;
  }

  private static String cookies(Answer answer) {
    return String.join(
        "; ", answer.headers().allValues("Set-Cookie").stream().map(c -> c.split(";")[0]).toList());
  }

  private List<String> keys(String name) {
    return database
        .sql("select key from sign_in_failure where starts_with(key, :both) and failures > 0")
        .param("both", "both " + name + " ")
        .query(String.class)
        .list();
  }

  /** Lets a lock that there is last long enough for the test. */
  private void hold(String key) {
    database
        .sql("update sign_in_failure set locked_until = now() + interval '5 minutes' where key = ?")
        .param(key)
        .update();
  }
}
