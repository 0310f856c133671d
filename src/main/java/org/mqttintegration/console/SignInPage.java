package org.mqttintegration.console;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.Account;
import org.mqttintegration.access.OidcLogin;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where people sign in; its form is taken by the security chain. */
@Controller
class SignInPage {

  private static final String ISSUER = OidcLogin.START + "/" + OidcLogin.REGISTRATION;

  private final OidcLogin login;

  SignInPage(OidcLogin login) {
    this.login = login;
  }

  @GetMapping(ConsoleSecurity.SIGN_IN)
  String show(
      @RequestParam(required = false) @Nullable String failed,
      @RequestParam(required = false) @Nullable String signedOut,
      @RequestParam(required = false) @Nullable Long wait,
      HttpServletRequest request,
      Model model) {
    if (Account.current() != null) {
      return "redirect:" + ConsoleSecurity.BASE + "/";
    }
    model.addAttribute("failed", failed != null);
    model.addAttribute("signedOut", signedOut != null);
    model.addAttribute("wait", wait);
    model.addAttribute("words", Refusals.takeWords(request.getSession(false)));
    model.addAttribute("issuer", login.isOffered() ? ISSUER : null);
    return "console/sign-in";
  }
}
