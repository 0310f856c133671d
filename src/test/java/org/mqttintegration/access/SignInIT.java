package org.mqttintegration.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.RestApi.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** How sign-ins that fail lock out, and whom they do not. */
@IntegrationTest
class SignInIT {

  private static final String PASSWORD = "correct horse battery";
  private static final int FREE = 5;

  @Autowired SignIn signIn;
  @Autowired RestApi rest;
  @Autowired JdbcClient database;
  @Autowired OidcTokens oidc;

  @Test
  void given_wrong_passwords_when_there_are_too_many_then_the_right_one_waits_too() {
    user("locked");
    String here = "203.0.113.1";

    Throwable last = fail("locked", here, FREE);

    assertThat(last).isInstanceOf(BadCredentialsException.class);
    hold("both locked " + here);
    assertThatThrownBy(() -> password("locked", PASSWORD, here))
        .isInstanceOf(LockedOutException.class);
    unlock("both locked " + here);
    assertThat(password("locked", PASSWORD, here).getName()).isEqualTo("locked");
    assertThat(failures("both locked " + here)).isZero();
  }

  @Test
  void given_a_lock_when_it_ends_and_the_next_one_is_wrong_then_it_lasts_twice_as_long() {
    user("grows");
    String key = "both grows 203.0.113.2";
    fail("grows", "203.0.113.2", FREE);

    for (long expected : new long[] {1, 2, 4, 8}) {
      assertThat(lockSeconds(key)).isEqualTo(expected);
      unlock(key);
      fail("grows", "203.0.113.2", 1);
    }
    database
        .sql("update sign_in_failure set failures = 40, locked_until = now() where key = :key")
        .param("key", key)
        .update();
    fail("grows", "203.0.113.2", 1);
    assertThat(lockSeconds(key)).isEqualTo(Duration.ofMinutes(15).toSeconds());
  }

  @Test
  void given_an_account_that_is_not_there_when_it_is_guessed_then_the_answers_are_the_same() {
    user("there");

    assertThat(fail("there", "203.0.113.3", FREE))
        .hasMessage(fail("not-there", "203.0.113.4", FREE).getMessage());
    hold("both there 203.0.113.3");
    hold("both not-there 203.0.113.4");
    assertThat(catchThrowable(() -> password("not-there", PASSWORD, "203.0.113.4")))
        .isInstanceOf(LockedOutException.class);
    assertThat(catchThrowable(() -> password("there", PASSWORD, "203.0.113.3")))
        .isInstanceOf(LockedOutException.class);
  }

  @Test
  void given_somebody_who_guesses_from_many_addresses_then_the_user_still_gets_in_from_its_own() {
    user("victim");
    password("victim", PASSWORD, "203.0.113.5");
    for (int i = 1; i <= 40; i++) {
      fail("victim", "198.51.100." + i, 1);
      unlockAccountUnless(i == 40, "victim");
    }

    assertThatThrownBy(() -> password("victim", PASSWORD, "203.0.113.6"))
        .isInstanceOf(LockedOutException.class);
    assertThat(failures("both victim 203.0.113.6")).isZero();
    assertThat(password("victim", PASSWORD, "203.0.113.5").getName()).isEqualTo("victim");
  }

  @Test
  void given_an_address_that_tries_many_names_then_it_is_locked_out_but_for_tokens() {
    user("neighbour");
    String address = "203.0.113.7";
    for (int i = 0; i < 25; i++) {
      fail("name-" + i, address, 1);
    }
    hold("address " + address);

    assertThatThrownBy(() -> password("neighbour", PASSWORD, address))
        .isInstanceOf(LockedOutException.class);
    String token =
        rest.as("neighbour", PASSWORD)
            .post("/me/tokens", Map.of("name", "t"))
            .expect(201)
            .json()
            .required("token")
            .asText();
    assertThat(bearer(token, address).getName()).isEqualTo("neighbour");
    assertThatThrownBy(() -> bearer("mqi_wrong", address)).isInstanceOf(LockedOutException.class);
  }

  @Test
  void given_a_lock_when_another_node_or_a_new_process_is_asked_then_it_holds() {
    user("nodes");
    fail("nodes", "203.0.113.8", FREE);
    hold("both nodes 203.0.113.8");
    SignIn other =
        new SignIn(
            new AccountTable(database),
            new TokenTable(database),
            new SignInFailures(database),
            new PasswordHash(),
            new CheckedPasswords(),
            oidc);

    assertThatThrownBy(() -> other.authenticate(claim("nodes", PASSWORD, "203.0.113.8")))
        .isInstanceOf(LockedOutException.class);
    assertThat(other.authenticate(claim("nodes", PASSWORD, "203.0.113.9")).getName())
        .isEqualTo("nodes");
  }

  @Test
  void given_an_ipv6_host_when_it_takes_other_addresses_of_its_network_then_they_count_as_one() {
    assertThat(NetworkAddress.counted("2001:db8:1:2::1"))
        .isEqualTo(NetworkAddress.counted("2001:db8:1:2:ffff::9"))
        .isNotEqualTo(NetworkAddress.counted("2001:db8:1:3::1"));
    assertThat(NetworkAddress.counted("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
  }

  @Test
  void given_a_lock_out_when_rest_is_asked_then_it_says_when_to_come_again() {
    user("served");
    RestApi wrong = rest.as("served", "not the password");
    for (int i = 0; i < FREE; i++) {
      wrong.get("/me").expectProblem(401, "not-signed-in");
    }

    hold("both served 127.0.0.1");

    Answer answer = wrong.get("/me");

    database.sql("delete from sign_in_failure where key like 'address 127%'").update();
    answer.expectProblem(429, "too-many-sign-ins");
    assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
  }

  @Test
  void given_no_trusted_proxy_when_an_address_is_forged_then_the_connection_s_counts() {
    user("forged");
    Map<String, String> forged =
        Map.of("X-Forwarded-For", "203.0.113.20", "Forwarded", "for=203.0.113.20");
    for (int i = 0; i < FREE; i++) {
      rest.as("forged", "not the password").send("GET", "/me", null, forged).expect(401);
    }

    hold("both forged 127.0.0.1");
    Answer answer = rest.as("forged", PASSWORD).send("GET", "/me", null, forged);
    database.sql("delete from sign_in_failure where key like 'address 127%'").update();
    answer.expectProblem(429, "too-many-sign-ins");
    assertThat(failures("both forged 203.0.113.20")).isZero();
  }

  private void user(String name) {
    rest.create("/users", Map.of("name", name, "password", PASSWORD, "mustChangePassword", false));
  }

  /** Fails that often, and tells how the last time. */
  private Throwable fail(String name, String address, int times) {
    Throwable last = null;
    for (int i = 0; i < times; i++) {
      String wrong = "wrong password " + i;
      last = catchThrowable(() -> password(name, wrong, address));
      assertThat(last).isNotNull();
    }
    return last;
  }

  private Authentication password(String name, String password, String address) {
    return signIn.authenticate(claim(name, password, address));
  }

  private static Authentication claim(String name, String password, String address) {
    var claim = UsernamePasswordAuthenticationToken.unauthenticated(name, password);
    claim.setDetails(new WebAuthenticationDetails(address, null));
    return claim;
  }

  private Authentication bearer(String token, String address) {
    BearerToken claim = new BearerToken(token);
    claim.setDetails(new WebAuthenticationDetails(address, null));
    return signIn.authenticate(claim);
  }

  /** Lets a lock that there is, over by now or not, last long enough for the test. */
  private void hold(String key) {
    assertThat(
            database
                .sql(
                    """
                    update sign_in_failure set locked_until = now() + interval '5 minutes'
                    where key = :key and locked_until > failed_at
                    """)
                .param("key", key)
                .update())
        .isEqualTo(1);
  }

  private void unlock(String key) {
    database
        .sql("update sign_in_failure set locked_until = now() where key = :key")
        .param("key", key)
        .update();
  }

  private void unlockAccountUnless(boolean last, String name) {
    if (!last) {
      unlock("account " + name);
    }
  }

  private long lockSeconds(String key) {
    return database
        .sql(
            "select extract(epoch from locked_until - failed_at)::bigint from sign_in_failure where key = :key")
        .param("key", key)
        .query(Long.class)
        .single();
  }

  private int failures(String key) {
    return database
        .sql("select coalesce(max(failures), 0) from sign_in_failure where key = :key")
        .param("key", key)
        .query(Integer.class)
        .single();
  }
}
