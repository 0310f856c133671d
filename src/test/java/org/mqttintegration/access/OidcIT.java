package org.mqttintegration.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.PlainJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.testing.Chromium;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Users and programs of an OpenID Connect issuer, with a real server of it. */
@IntegrationTest
@DirtiesContext
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OidcIT {

  private static final String VIEWER = "mqtt-viewer";
  private static final String OPERATOR = "mqtt-operator";
  private static final String ADMINISTRATOR = "mqtt-administrator";
  private static final String PAYLOADS = "mqtt-payload-reader";
  private static final String OPERATORS_PATH = "/subscriptions/999999999/unsubscribe";

  private static final OidcIssuer ISSUER = new OidcIssuer();

  @Autowired RestApi rest;
  @LocalServerPort int port;
  @Autowired JdbcClient database;
  @Autowired OidcLogin login;
  @Autowired OidcAccounts accounts;
  @Autowired Tokens tokens;
  @Autowired ApplicationContext context;

  @DynamicPropertySource
  static void issuer(DynamicPropertyRegistry properties) {
    String prefix = "mqtt-integration.access.oidc.";
    properties.add(prefix + "issuer", ISSUER::url);
    properties.add(prefix + "client-id", () -> OidcIssuer.AUDIENCE);
    properties.add(prefix + "client-secret", () -> "hush");
    properties.add(prefix + "roles-claim", () -> "realm_access.roles");
    // Quartz keeps the data sources of a JVM by name, and another application runs here too
    properties.add("spring.quartz.scheduler-name", () -> "oidc");
  }

  @AfterAll
  static void stop() {
    ISSUER.close();
  }

  /** The first of all, since its keys are kept. */
  @Test
  @Order(1)
  void given_an_issuer_that_is_away_when_asked_then_jwts_wait_and_passwords_go_on()
      throws Exception {
    RestApi early = as("early", VIEWER);
    for (int i = 0; i < 4; i++) {
      RestApi.Answer answer = early.get("/brokers");
      answer.expectProblem(503, "identity-provider-unavailable");
      assertThat(answer.header("Retry-After")).isNotEmpty();
    }
    assertThatThrownBy(() -> login.findByRegistrationId(OidcLogin.REGISTRATION))
        .isInstanceOf(ProblemException.class);
    rest.get("/brokers").expect(200);
    assertThat(failures()).isZero();

    ISSUER.start();

    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> early.get("/brokers").expect(200));
  }

  @Test
  @Order(2)
  void given_a_right_token_when_it_comes_first_then_there_is_an_account_with_its_rights() {
    Map<String, Object> claims = ISSUER.claims("Ann", VIEWER, PAYLOADS, "offline_access");
    claims.put("name", "Ann Bolt");
    claims.put("email", "ann@example.org");
    RestApi ann = with(claims);

    JsonNode own = ann.get("/me").expect(200).json();

    assertThat(own.path("name").asText()).isEqualTo("ann");
    assertThat(own.path("displayName").asText()).isEqualTo("Ann Bolt");
    assertThat(own.path("mail").asText()).isEqualTo("ann@example.org");
    assertThat(own.path("role").asText()).isEqualTo("viewer");
    assertThat(own.path("readsPayloads").asBoolean()).isTrue();
    assertThat(own.path("identityProvider").asText()).isEqualTo(ISSUER.url());
    ann.post(OPERATORS_PATH).expectProblem(403, "forbidden");
    ann.get("/users").expectProblem(403, "forbidden");
    as("oscar", OPERATOR).post(OPERATORS_PATH).expect(404);
    as("ada", ADMINISTRATOR).get("/users").expect(200);
    JsonNode user = user("ann");
    assertThat(user.path("hasPassword").asBoolean()).isFalse();
    assertThat(user.path("identityProvider").asText()).isEqualTo(ISSUER.url());
  }

  @Test
  @Order(2)
  void given_wrong_tokens_when_asked_then_each_is_refused_and_counts_for_its_address()
      throws Exception {
    as("right", VIEWER).get("/me").expect(200);
    long before = failures();

    refused(changed("iss", ISSUER.url("other")));
    refused(changed("iss", null));
    refused(changed("aud", List.of("another-application")));
    refused(changed("aud", null));
    refused(changed("exp", Date.from(Instant.now().minusSeconds(60))));
    refused(changed("nbf", Date.from(Instant.now().plusSeconds(90))));
    refused(changed("sub", null));
    assertThat(failures()).isEqualTo(before + 7);

    database.sql("delete from sign_in_failure").update();
    Map<String, Object> claims = ISSUER.claims("right", ADMINISTRATOR);
    refused(ISSUER.foreign(claims));
    RSAKey own = new RSAKeyGenerator(2048).generate();
    refused(OidcIssuer.signed("plant", claims, JWSAlgorithm.RS256, new RSASSASigner(own)));
    refused(OidcIssuer.signed("plant", claims, JWSAlgorithm.HS256, new MACSigner("x".repeat(64))));
    refused(new PlainJWT(OidcIssuer.complete(claims)).serialize());
    String right = ISSUER.token(claims);
    refused(right.substring(0, right.lastIndexOf('.') + 1));
    refused(right + "x");
    refused("neither.ours.nor-theirs");
    refused("mqi_" + right);
    database.sql("delete from sign_in_failure").update();
    assertThat(user("right").path("role").asText()).isEqualTo("viewer");
  }

  @Test
  @Order(2)
  void given_somebody_without_a_role_when_asked_then_it_is_refused_with_words() {
    RestApi.Answer answer = as("nobody", "offline_access").get("/brokers");

    answer.expectProblem(403, "forbidden");
    assertThat(answer.json().path("detail").asText()).contains(VIEWER, "realm_access.roles");
    assertThat(user("nobody").isMissingNode()).isTrue();
  }

  @Test
  @Order(2)
  void given_another_role_in_the_claim_when_it_comes_then_it_counts_and_the_audit_has_it() {
    Instant start = Instant.now();
    RestApi early = with(at(start.minusSeconds(20), "changing", ADMINISTRATOR, PAYLOADS));
    early.get("/users").expect(200);

    with(at(start.minusSeconds(10), "changing", VIEWER)).get("/users").expect(403);

    assertThat(user("changing").path("role").asText()).isEqualTo("viewer");
    early.get("/users").expectProblem(403, "forbidden"); // the older token gives nothing back
    JsonNode own = early.get("/me").expect(200).json();
    assertThat(own.path("readsPayloads").asBoolean()).isFalse();
    with(at(start, "changing", OPERATOR)).post(OPERATORS_PATH).expect(404);
    with(at(start.minusSeconds(15), "changing", VIEWER)).post(OPERATORS_PATH).expect(403);
    assertThat(user("changing").path("role").asText()).isEqualTo("operator");
    assertThat(
            database
                .sql("select count(*) from audit_entry where record_id = 'changing'")
                .query(Long.class)
                .single())
        .isEqualTo(3);
  }

  @Test
  @Order(2)
  void given_a_local_account_of_that_name_when_a_token_comes_then_it_is_not_taken_over() {
    RestApi.Answer answer = as("admin", ADMINISTRATOR).get("/brokers");

    answer.expectProblem(403, "forbidden");
    assertThat(answer.json().path("detail").asText()).contains("admin", "not yours");
    assertThat(user("admin").path("identityProvider").isNull()).isTrue();

    as("twin", VIEWER).get("/me").expect(200);
    Map<String, Object> other = ISSUER.claims("twin", VIEWER);
    other.put("sub", "somebody else");
    with(other).get("/me").expectProblem(403, "forbidden");
  }

  @Test
  @Order(2)
  void given_an_account_of_the_issuer_when_administrators_change_it_then_its_claims_stay_its_own() {
    RestApi user = as("bound", VIEWER);
    user.get("/me").expect(200);
    String path = "/users/" + user("bound").path("id").asLong();

    rest.patch(path, Map.of("role", "administrator")).expectProblem(400, "invalid-request");
    rest.patch(path, Map.of("readsPayloads", true)).expectProblem(400, "invalid-request");
    rest.put(path + "/password", Map.of("password", "correct horse battery"))
        .expectProblem(409, "conflict");
    rest.as("bound", "correct horse battery").get("/me").expect(401);

    rest.patch(path, Map.of("enabled", false)).expect(200);
    RestApi.Answer disabled = user.get("/me");
    disabled.expectProblem(403, "forbidden");
    assertThat(disabled.json().path("detail").asText()).contains("disabled");
    rest.patch(path, Map.of("enabled", true)).expect(200);
    user.get("/me").expect(200);
  }

  @Test
  @Order(2)
  void given_an_administrator_of_the_issuer_when_the_last_local_one_goes_then_it_is_refused() {
    as("second", ADMINISTRATOR).get("/users").expect(200);
    String admin = "/users/" + user("admin").path("id").asLong();
    String second = "/users/" + user("second").path("id").asLong();

    rest.patch(admin, Map.of("enabled", false)).expectProblem(409, "conflict");
    rest.delete(admin).expectProblem(409, "conflict");
    rest.delete(second).expect(204);
  }

  @Test
  @Order(2)
  void given_a_jwt_when_it_shall_make_a_token_or_a_password_then_it_does_not_do() {
    RestApi user = as("maker", OPERATOR);
    user.post("/me/tokens", Map.of("name", "t")).expectProblem(403, "forbidden");
    user.put("/me/password", Map.of("current", "x", "password", "correct horse battery"))
        .expectProblem(403, "forbidden");
  }

  @Test
  @Order(2)
  void given_a_login_when_its_claims_come_then_it_is_the_same_account_and_may_make_tokens() {
    ClientRegistration registration = login.findByRegistrationId(OidcLogin.REGISTRATION);

    assertThat(login.isOffered()).isTrue();
    assertThat(registration.getProviderDetails().getAuthorizationUri()).startsWith(ISSUER.url());
    assertThat(registration.getClientSettings().isRequireProofKey()).isTrue();
    assertThat(login.findByRegistrationId("other")).isNull();
    as("both", OPERATOR).get("/me").expect(200);
    Map<String, Object> claims = new HashMap<>(ISSUER.claims("both", OPERATOR));
    claims.put("iat", Instant.now());
    Account account = accounts.signIn(claims);
    assertThat(account.id()).isEqualTo(user("both").path("id").asLong());
    assertThat(account.byToken()).isFalse();
  }

  @Test
  @Order(2)
  void given_an_api_token_of_such_an_account_when_the_claim_gives_less_then_so_does_the_token() {
    Account owner =
        accounts.signIn(at(Instant.now().minusSeconds(10), "owner", OPERATOR, PAYLOADS));
    TokenRequest request = new TokenRequest("t", Role.OPERATOR, true, null);
    RestApi token = rest.withToken(tokens.make(owner, request).token());
    token.post(OPERATORS_PATH).expect(404);

    as("owner", VIEWER).get("/me").expect(200);

    token.post(OPERATORS_PATH).expectProblem(403, "forbidden");
    assertThat(token.get("/me").json().path("readsPayloads").asBoolean()).isFalse();
    String path = "/users/" + user("owner").path("id").asLong();
    rest.patch(path, Map.of("enabled", false)).expect(200);
    token.get("/me").expectProblem(401, "not-signed-in");
  }

  @Test
  @Order(2)
  void given_the_libraries_when_started_then_boots_own_parts_are_not_there() {
    assertThat(context.getBeanNamesForType(OAuth2AuthorizedClientService.class)).isEmpty();
    assertThat(context.getBeanNamesForType(JwtDecoder.class)).isEmpty();
    assertThat(context.getBeanNamesForType(SecurityFilterChain.class))
        .noneMatch(name -> name.matches("(oauth2|jwt).*"));
  }

  @Test
  @Order(2)
  void given_somebody_new_when_many_requests_come_at_once_then_there_is_one_account() {
    RestApi eager = as("eager", VIEWER);

    List<CompletableFuture<RestApi.Answer>> answers =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> eager.get("/me")))
            .toList();

    answers.forEach(answer -> answer.join().expect(200));
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void given_the_issuers_login_when_somebody_comes_back_from_it_then_the_console_is_open()
      throws Exception {
    ISSUER.start();
    try (Chromium chromium = new Chromium(port)) {
      ISSUER.signsInNext("by-login", OPERATOR);
      Page page = chromium.open("/console/sign-in");
      page.getByText("Sign in with your organization's account").click();
      page.waitForURL("**/console/");
      assertThat(page.locator(".who a").textContent()).isEqualTo("by-login");

      ISSUER.signsInNext("without-role");
      Page refused = chromium.open("/console/sign-in");
      refused.getByText("Sign in with your organization's account").click();
      assertThat(refused.getByRole(AriaRole.ALERT).textContent()).contains("gives you no role");
      refused.reload();
      assertThat(refused.getByRole(AriaRole.ALERT).count()).isZero();
    }
    String role = "select role from account where name = 'by-login'";
    assertThat(database.sql(role).query(String.class).single()).isEqualTo("operator");
  }

  private static Map<String, Object> at(Instant issued, String user, String... roles) {
    Map<String, Object> claims = ISSUER.claims(user, roles);
    claims.put("iat", issued.getEpochSecond());
    return claims;
  }

  /** A token that is right but for one claim. */
  private static String changed(String claim, Object value) {
    Map<String, Object> claims = ISSUER.claims("right", ADMINISTRATOR);
    claims.put(claim, value);
    return ISSUER.token(claims);
  }

  private void refused(String token) {
    rest.withToken(token).get("/brokers").expectProblem(401, "not-signed-in");
  }

  private RestApi as(String user, String... roles) {
    return with(ISSUER.claims(user, roles));
  }

  private RestApi with(Map<String, Object> claims) {
    return rest.withToken(ISSUER.token(claims));
  }

  private JsonNode user(String name) {
    for (JsonNode user : rest.get("/users?name=" + name).expect(200).json().path("items")) {
      if (user.path("name").asText().equals(name)) {
        return user;
      }
    }
    return MissingNode.getInstance();
  }

  private long failures() {
    return database
        .sql("select coalesce(sum(failures), 0) from sign_in_failure")
        .query(Long.class)
        .single();
  }
}
