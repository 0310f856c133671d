package org.mqttintegration.api;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.mqttintegration.access.RateLimits;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/**
 * Who may ask for what, denied unless said. Each chain is for paths of its own; the last one has
 * the rest. Headers are {@link SecurityHeaders}' alone.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  private static final String[] VIEWERS = {
    "/actuator",
    "/actuator/info",
    "/actuator/metrics",
    "/actuator/metrics/*",
    "/actuator/prometheus"
  };

  private static final String[] FILES = {
    "/", "/icon.svg", "/assets/**", "/openapi.yaml", "/swagger-ui", "/swagger-ui/**"
  };

  private final AuthenticationManager signIn;
  private final RateLimits limits;
  private final AccessProblems problems;

  SecurityConfiguration(AuthenticationManager signIn, RateLimits limits, AccessProblems problems) {
    this.signIn = signIn;
    this.limits = limits;
    this.problems = problems;
  }

  /** REST, as the contract says. */
  @Bean
  @Order(10)
  SecurityFilterChain restSecurity(
      HttpSecurity http, ContractAuthorization contract, WithheldPayloads withheld)
      throws Exception {
    return signedIn(http.securityMatcher("/api/**"))
        .addFilterAfter(withheld, AuthorizationFilter.class)
        .authorizeHttpRequests(requests -> afterTheFirst(requests).anyRequest().access(contract))
        .build();
  }

  /** What routes of files take in over HTTP: like sending. */
  @Bean
  @Order(20)
  SecurityFilterChain ingestSecurity(HttpSecurity http) throws Exception {
    return signedIn(http.securityMatcher("/ingest", "/ingest/**"))
        .authorizeHttpRequests(requests -> afterTheFirst(requests).anyRequest().hasRole("OPERATOR"))
        .build();
  }

  /**
   * Whether it lives and is ready, and why not, is everybody's, and nobody is signed in for it:
   * accounts are in the database, which may be what is away.
   */
  @Bean
  @Order(25)
  SecurityFilterChain probesSecurity(HttpSecurity http) throws Exception {
    return withoutSession(
            http.securityMatcher("/actuator/health/liveness", "/actuator/health/readiness"))
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }

  /** Health is everybody's, its details are not. */
  @Bean
  @Order(30)
  SecurityFilterChain actuatorSecurity(HttpSecurity http) throws Exception {
    return signedIn(http.securityMatcher(SecurityConfiguration::isOfActuator))
        .authorizeHttpRequests(
            requests ->
                afterTheFirst(requests)
                    .requestMatchers(HttpMethod.GET, "/actuator/health", "/actuator/health/**")
                    .permitAll()
                    .requestMatchers(HttpMethod.GET, VIEWERS)
                    .hasRole("VIEWER")
                    .anyRequest()
                    .hasRole("ADMINISTRATOR"))
        .build();
  }

  /** By the whole path: a pattern would be that within a servlet, and endpoints may be servlets. */
  private static boolean isOfActuator(HttpServletRequest request) {
    return RequestPath.of(request).isAtOrBelow("/actuator");
  }

  /** The contract and the files to read it with; nothing else is there. */
  @Bean
  @Order(1000)
  SecurityFilterChain restOfAllSecurity(HttpSecurity http) throws Exception {
    return signedIn(http)
        .authorizeHttpRequests(
            requests ->
                afterTheFirst(requests)
                    .requestMatchers(HttpMethod.GET, FILES)
                    .permitAll()
                    .requestMatchers(HttpMethod.HEAD, FILES)
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .build();
  }

  /** Who asks was looked at when the request came; what follows within the server goes on. */
  private static AuthorizeHttpRequestsConfigurer<HttpSecurity>
          .AuthorizationManagerRequestMatcherRegistry
      afterTheFirst(
          AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
              requests) {
    return requests
        .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD)
        .permitAll();
  }

  private HttpSecurity signedIn(HttpSecurity http) throws Exception {
    return withoutSession(http)
        .addFilterAt(new SignInFilter(signIn, limits, problems), BasicAuthenticationFilter.class)
        .addFilterBefore(new ForeignSite(problems), BasicAuthenticationFilter.class);
  }

  /** No session and no cookie, and so no token against forged requests. */
  private HttpSecurity withoutSession(HttpSecurity http) throws Exception {
    return http.sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .headers(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .exceptionHandling(e -> e.authenticationEntryPoint(problems).accessDeniedHandler(problems));
  }
}
