package org.mqttintegration.access;

import org.apache.camel.Exchange;
import org.mqttintegration.resource.ResourceRoutes;
import org.springframework.stereotype.Component;

/** The operations on the own account over REST. */
@Component
class OwnAccountRoutes extends ResourceRoutes {

  private final OwnAccountService own;
  private final Tokens tokens;

  OwnAccountRoutes(OwnAccountService own, Tokens tokens) {
    this.own = own;
    this.tokens = tokens;
  }

  @Override
  public void configure() {
    answer(
        operation("getOwnAccount", "Tells who is signed in"),
        e -> own.get(OwnAccountService.asking()));
    operation("changeOwnPassword", "Changes the own password")
        .unmarshal()
        .json(PasswordRequest.class)
        .process(this::changePassword)
        .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(204));
    answer(
        operation("listOwnTokens", "Lists the own tokens"),
        e -> new TokenList(tokens.list(OwnAccountService.asking().id())));
    created(
        operation("createOwnToken", "Makes a token"),
        TokenRequest.class,
        request -> tokens.make(OwnAccountService.asking(), request),
        made -> "/me/tokens/" + made.stored().id());
    deleted(
        operation("deleteOwnToken", "Ends a token of one's own"),
        e -> {
          Account owner = OwnAccountService.asking();
          tokens.remove(owner.id(), owner.name(), id(e));
        });
  }

  private void changePassword(Exchange exchange) {
    own.changePassword(
        OwnAccountService.asking(), exchange.getMessage().getBody(PasswordRequest.class));
    exchange.getMessage().setBody(null);
  }
}
