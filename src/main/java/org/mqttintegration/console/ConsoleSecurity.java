package org.mqttintegration.console;

import jakarta.servlet.DispatcherType;
import org.mqttintegration.access.RateLimits;
import org.mqttintegration.access.SignIn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;

/**
 * Who gets in to the console: whoever signed in by its form, as long as the session lasts. Forms
 * carry a token, so that no other site's page can send them.
 */
@Configuration(proxyBeanMethods = false)
class ConsoleSecurity {

  static final String BASE = ConsolePaths.BASE;
  static final String SIGN_IN = BASE + "/sign-in";
  static final String PROBLEM = BASE + "/problem";

  @Bean
  @Order(40)
  SecurityFilterChain consoleChain(
      HttpSecurity http,
      SignIn signIn,
      ConsoleSession session,
      RateLimits limits,
      Refusals refusals,
      IssuerLogin issuerLogin)
      throws Exception {
    http.securityMatcher(BASE, BASE + "/**")
        .authenticationManager(
            claim ->
                issuerLogin.takes(claim)
                    ? issuerLogin.authenticate(claim)
                    : signIn.authenticate(claim))
        .securityContext(context -> context.securityContextRepository(session))
        .requestCache(cache -> cache.requestCache(new WantedPage(refusals)))
        .csrf(csrf -> csrf.csrfTokenRepository(tokens()))
        .headers(AbstractHttpConfigurer::disable) // SecurityHeaders' alone
        .addFilterBefore(new ConsoleLimits(limits), CsrfFilter.class)
        .exceptionHandling(e -> e.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
        .formLogin(
            form ->
                form.loginPage(SIGN_IN)
                    .failureHandler(refusals::signInFailed)
                    .defaultSuccessUrl(BASE + "/", false))
        .logout(end -> end.logoutUrl(BASE + "/sign-out").logoutSuccessUrl(SIGN_IN + "?signedOut"))
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(
                        DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD)
                    .permitAll()
                    .requestMatchers(SIGN_IN)
                    .permitAll()
                    .anyRequest()
                    .authenticated());
    issuerLogin.addTo(http);
    return http.build();
  }

  /** In a cookie, not in the session: who only looks at the sign-in page needs none. */
  private static CookieCsrfTokenRepository tokens() {
    CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
    tokens.setCookieName("mqtt-integration-form");
    tokens.setCookiePath(BASE);
    tokens.setCookieCustomizer(cookie -> cookie.sameSite("Strict").httpOnly(true));
    return tokens;
  }
}
