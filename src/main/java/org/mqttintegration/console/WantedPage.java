package org.mqttintegration.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.Account;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.web.util.WebUtils;

/**
 * The page that somebody asked for before signing in, in a cookie until then. It is only led to: a
 * later request of the same address is itself, and not the one that was kept.
 */
final class WantedPage implements RequestCache {

  private static final String COOKIE = "REDIRECT_URI"; // as CookieRequestCache names it

  private final CookieRequestCache kept = new CookieRequestCache();

  WantedPage(Refusals refusals) {
    kept.setRequestMatcher(refusals::isPage);
    kept.setCookieCustomizer(WantedPage::bound);
  }

  private static void bound(Cookie cookie) {
    cookie.setPath(ConsoleSecurity.BASE);
    cookie.setAttribute("SameSite", "Lax");
  }

  @Override
  public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
    kept.saveRequest(request, response);
  }

  @Override
  public @Nullable SavedRequest getRequest(
      HttpServletRequest request, HttpServletResponse response) {
    return kept.getRequest(request, response);
  }

  /** Never the kept one in place of the request; once somebody is signed in it is forgotten. */
  @Override
  public @Nullable HttpServletRequest getMatchingRequest(
      HttpServletRequest request, HttpServletResponse response) {
    if (Account.current() != null && WebUtils.getCookie(request, COOKIE) != null) {
      removeRequest(request, response);
    }
    return null;
  }

  @Override
  public void removeRequest(HttpServletRequest request, HttpServletResponse response) {
    Cookie ended = new Cookie(COOKIE, "");
    bound(ended);
    ended.setHttpOnly(true);
    ended.setSecure(request.isSecure());
    ended.setMaxAge(0);
    response.addCookie(ended);
  }
}
