package org.mqttintegration.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.Account;
import org.mqttintegration.access.LastingSignIns;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * Who is signed in to the console. The session holds which account it was, with which password, and
 * since when; the account is read again at each request.
 */
@Component
class ConsoleSession implements SecurityContextRepository {

  private static final String ACCOUNT = "account";
  private static final String STAMP = "stamp";
  private static final String SINCE = "since";
  private static final String READ = ConsoleSession.class.getName();

  private final LastingSignIns signIns;
  private final Duration longest;

  ConsoleSession(LastingSignIns signIns, ConsoleSettings settings) {
    this.signIns = signIns;
    this.longest = settings.sessionLifetime();
  }

  @Override
  @Deprecated
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    return loadDeferredContext(holder.getRequest()).get();
  }

  @Override
  public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
    return new Deferred(() -> read(request), request);
  }

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return read(request).getAuthentication() != null;
  }

  private SecurityContext read(HttpServletRequest request) {
    if (request.getAttribute(READ) instanceof SecurityContext known) {
      return known;
    }
    SecurityContext context = new SecurityContextImpl();
    HttpSession session = request.getSession(false);
    if (session != null && isYoung(session)) {
      context.setAuthentication(renewed(session));
    }
    request.setAttribute(READ, context);
    return context;
  }

  private boolean isYoung(HttpSession session) {
    return session.getAttribute(SINCE) instanceof Instant since
        && since.plus(longest).isAfter(Instant.now());
  }

  private @Nullable Authentication renewed(HttpSession session) {
    return session.getAttribute(ACCOUNT) instanceof Long id
            && session.getAttribute(STAMP) instanceof String stamp
        ? signIns.renew(id, stamp)
        : null;
  }

  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
    Authentication signedIn = context.getAuthentication();
    Account account = signedIn == null ? null : IssuerUser.account(signedIn);
    if (account != null) {
      HttpSession session = request.getSession();
      session.setAttribute(ACCOUNT, account.id());
      session.setAttribute(STAMP, signIns.stamp(account));
      session.setAttribute(SINCE, Instant.now());
      request.setAttribute(READ, context);
    }
  }

  /** Lets who is signed in go on after the own password was changed; other sessions end by it. */
  void passwordChanged(Account account, HttpServletRequest request) {
    request.changeSessionId();
    request.getSession().setAttribute(STAMP, signIns.stamp(account));
  }

  /** Read when somebody asks, once. */
  private static final class Deferred implements DeferredSecurityContext {

    private final Supplier<SecurityContext> read;
    private final HttpServletRequest request;

    Deferred(Supplier<SecurityContext> read, HttpServletRequest request) {
      this.read = read;
      this.request = request;
    }

    @Override
    public SecurityContext get() {
      return read.get();
    }

    @Override
    public boolean isGenerated() {
      return request.getSession(false) == null;
    }
  }
}
