package org.mqttintegration.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mqttintegration.access.Role;
import org.mqttintegration.resource.WireName;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.RestApi.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Asks for every operation of the contract as nobody and as everybody, with records that are not
 * there and bodies that are not valid, so that nothing happens where somebody may.
 */
@IntegrationTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoleWalkIT {

  private static final String PASSWORD = "password of the walk";
  private static final long NOT_THERE = 999_999_999;

  @Autowired RestApi rest;
  @Autowired JdbcClient database;

  /** The file, and not what the application made of it. */
  private final Contract contract = new Contract();

  private final Map<Walker, RestApi> walkers = new LinkedHashMap<>();

  /** Somebody who asks; without a role, nobody. */
  private record Walker(Role role, boolean readsPayloads, boolean byToken) {}

  private record Step(String method, String path, Operation operation) {}

  @BeforeAll
  void makeWalkers() {
    walkers.put(new Walker(null, false, false), rest.anonymous());
    for (Role role : Role.values()) {
      for (boolean payloads : new boolean[] {false, true}) {
        String name = "walk-%s-%s".formatted(WireName.of(role), payloads);
        rest.create(
            "/users",
            Map.of(
                "name", name,
                "password", PASSWORD,
                "mustChangePassword", false,
                "role", WireName.of(role),
                "readsPayloads", payloads));
        RestApi user = rest.as(name, PASSWORD);
        String token =
            user.post("/me/tokens", Map.of("name", "walk", "readsPayloads", payloads))
                .expect(201)
                .json()
                .required("token")
                .asText();
        walkers.put(new Walker(role, payloads, false), user);
        walkers.put(new Walker(role, payloads, true), rest.withToken(token));
      }
    }
  }

  @Test
  void given_every_operation_when_everybody_asks_then_only_those_get_in_whom_the_contract_lets() {
    List<String> wrong = new ArrayList<>();
    List<String> before = state();
    for (Step step : steps()) {
      walkers.forEach(
          (walker, api) -> {
            Answer answer = ask(api, step);
            int expected = expected(walker, OperationAccess.of(step.operation()));
            boolean asExpected =
                expected == 0
                    ? answer.status() != 401 && answer.status() != 403 && answer.status() != 429
                    : answer.status() == expected;
            if (!asExpected) {
              wrong.add(
                  "%s %s %s: %d %s"
                      .formatted(
                          walker, step.method(), step.path(), answer.status(), answer.text()));
            }
          });
    }

    assertThat(wrong).isEmpty();
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void given_roles_md_when_it_is_compared_with_the_contract_then_they_say_the_same()
      throws Exception {
    StringBuilder table = new StringBuilder();
    for (Step step : steps()) {
      OperationAccess access = OperationAccess.of(step.operation());
      table.append(
          "| `%s %s` | `%s` |"
              .formatted(
                  step.method(),
                  step.path().replace("" + NOT_THERE, "{id}"),
                  step.operation().getOperationId()));
      for (Role role : Role.values()) {
        table.append(access.role() == null || role.includes(access.role()) ? " ✓ |" : " |");
      }
      table.append(" %s |%n".formatted(remarks(access)));
    }

    Path document = Path.of("src/docs/roles.md");
    if (Boolean.getBoolean("roles.write")) {
      String head = Files.readString(document).split("(?<=\\|---\\|\n)", 2)[0];
      Files.writeString(document, head + table);
    }
    assertThat(Files.readString(document)).endsWith("|---|\n" + table);
  }

  private static String remarks(OperationAccess access) {
    List<String> remarks = new ArrayList<>();
    if (access.withheld()) {
      remarks.add("payloads withheld from who may not read them");
    }
    if (access.payloads()) {
      remarks.add("needs to read payloads");
    }
    access
        .payloadParameters()
        .forEach(name -> remarks.add("`" + name + "` needs to read payloads"));
    if (!access.tokens()) {
      remarks.add("not with a token");
    }
    return String.join("; ", remarks);
  }

  private static int expected(Walker walker, OperationAccess access) {
    if (walker.role() == null) {
      return 401;
    }
    boolean lets =
        (access.role() == null || walker.role().includes(access.role()))
            && (access.tokens() || !walker.byToken())
            && (!access.payloads() || walker.readsPayloads());
    return lets ? 0 : 403;
  }

  /** What no request of the walk may change. */
  private List<String> state() {
    List<String> rows = new ArrayList<>();
    for (String table :
        List.of(
            "broker",
            "subscription",
            "signal",
            "schedule",
            "account",
            "secret",
            "send",
            "api_token")) {
      rows.add(
          table + " " + database.sql("select count(*) from " + table).query(Long.class).single());
    }
    return rows;
  }

  private static Answer ask(RestApi api, Step step) {
    Map<String, String> headers =
        step.operation().getRequestBody() == null
            ? Map.of()
            : Map.of(
                "Content-Type",
                step.operation().getRequestBody().getContent().keySet().iterator().next());
    String body = headers.isEmpty() ? null : "\"no such body\"";
    return api.send(step.method(), step.path() + query(step), body, headers);
  }

  /** A bare action on everything at once is asked for what is not there. */
  private static String query(Step step) {
    return step.operation().getOperationId().endsWith("DeadLetters")
        ? "?routeId=no-such-route"
        : "";
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    contract
        .api()
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach(
                        (method, operation) ->
                            steps.add(new Step(method.name(), concrete(path), operation))));
    assertThat(steps).hasSizeGreaterThan(80);
    return steps;
  }

  private static String concrete(String path) {
    return path.replaceAll("\\{[^}]*}", String.valueOf(NOT_THERE));
  }
}
