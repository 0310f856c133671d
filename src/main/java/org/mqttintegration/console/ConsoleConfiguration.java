package org.mqttintegration.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.mqttintegration.access.Account;
import org.mqttintegration.api.Webjar;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What all pages share: an account whose password was given by somebody else changes it first. */
@Configuration(proxyBeanMethods = false)
class ConsoleConfiguration implements WebMvcConfigurer {

  private static final Set<String> BEFORE_CHANGE =
      Set.of(PasswordPage.PATH, ConsoleSecurity.PROBLEM);

  /** Two tabs may give one session the same attribute at once: the later one counts. */
  @Bean
  static PostgreSqlJdbcIndexedSessionRepositoryCustomizer laterAttributesCount() {
    return new PostgreSqlJdbcIndexedSessionRepositoryCustomizer();
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new PasswordFirst()).addPathPatterns(ConsoleSecurity.BASE + "/**");
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    library(registry, "htmx", "htmx.org", "dist/");
    library(registry, "htmx-sse", "htmx-ext-sse", "");
    library(registry, "uplot", "uplot", "dist/");
    library(registry, "codemirror", "codemirror", "");
  }

  private static void library(
      ResourceHandlerRegistry registry, String path, String artifact, String folder) {
    registry
        .addResourceHandler("/assets/%s/**".formatted(path))
        .addResourceLocations(Webjar.location("org.webjars.npm", artifact) + folder);
  }

  private static final class PasswordFirst implements HandlerInterceptor {

    @Override
    public boolean preHandle(
        HttpServletRequest request, HttpServletResponse response, Object handler)
        throws IOException {
      Account account = Account.current();
      if (account == null
          || !account.mustChangePassword()
          || BEFORE_CHANGE.contains(request.getRequestURI())) {
        return true;
      }
      response.sendRedirect(PasswordPage.PATH);
      return false;
    }
  }
}
