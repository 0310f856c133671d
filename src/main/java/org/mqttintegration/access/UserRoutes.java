package org.mqttintegration.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.model.RouteDefinition;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.ItemPage;
import org.mqttintegration.resource.RequestParameters;
import org.mqttintegration.resource.ResourceRoutes;
import org.springframework.stereotype.Component;

/** The operations on users over REST. */
@Component
class UserRoutes extends ResourceRoutes {

  private static final List<String> SORTABLE = List.of("name", "id", "role", "createdAt");
  private static final String TOKEN = "tokenId";

  private final UserService users;
  private final Tokens tokens;

  UserRoutes(UserService users, Tokens tokens) {
    this.users = users;
    this.tokens = tokens;
  }

  @Override
  public void configure() {
    answer(operation("listUsers", "Lists users"), this::list);
    created(
        operation("createUser", "Makes a user"),
        UserRequest.class,
        users::create,
        user -> "/users/" + user.id());
    answer(operation("getUser", "Reads a user"), e -> users.get(id(e)));
    answer(operation("patchUser", "Changes fields of a user"), JsonNode.class, users::patch);
    deleted(operation("deleteUser", "Deletes a user"), e -> users.delete(id(e)));
    RouteDefinition password = operation("setUserPassword", "Gives a user another password");
    password.unmarshal().json(PasswordRequest.class);
    deleted(password, e -> users.setPassword(id(e), e.getMessage().getBody(PasswordRequest.class)));
    answer(
        operation("listUserTokens", "Lists the tokens of a user"),
        e -> new TokenList(tokens.list(users.get(id(e)).id())));
    deleted(
        operation("deleteUserToken", "Ends a token of a user"),
        e -> {
          User owner = users.get(id(e));
          tokens.remove(owner.id(), owner.name(), tokenId(e));
        });
  }

  private ItemPage<User> list(Exchange exchange) {
    RequestParameters parameters = RequestParameters.of(exchange);
    return users.list(parameters.text("name"), parameters.page(SORTABLE));
  }

  private static long tokenId(Exchange exchange) {
    try {
      return Long.parseLong(exchange.getMessage().getHeader(TOKEN, "", String.class));
    } catch (NumberFormatException e) {
      throw ProblemException.invalid(TOKEN, "An id is a whole number.");
    }
  }
}
