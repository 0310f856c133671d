package org.mqttintegration.api;

import static org.mockito.Mockito.mock;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.mqttintegration.access.AccessSettings;
import org.mqttintegration.access.Account;
import org.mqttintegration.access.RateLimits;
import org.mqttintegration.access.Role;
import org.mqttintegration.node.Notices;
import org.mqttintegration.problem.ProblemException;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration;
import org.springframework.boot.autoconfigure.quartz.QuartzAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** REST without what stands behind it: every operation is served by a stub, and no database. */
@EnableAutoConfiguration(
    exclude = {
      DataSourceAutoConfiguration.class,
      HibernateJpaAutoConfiguration.class,
      FlywayAutoConfiguration.class,
      QuartzAutoConfiguration.class
    },
    excludeName = {
      "org.springframework.boot.autoconfigure.data.jpa.JpaRepositoriesAutoConfiguration",
      "org.mqttintegration.embedded.EmbeddedServers"
    })
@EnableConfigurationProperties({ApiProperties.class, AccessSettings.class})
@Import(RateLimits.class)
@ComponentScan("org.mqttintegration.api")
class RestSlice {

  /** Nobody is told of anything. */
  @Bean
  Notices notices() {
    return mock(Notices.class);
  }

  /** What the stubs saw, and what they do instead of answering. */
  static final class Stub {
    final List<String> operations = new ArrayList<>();
    final Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    String body;
    Throwable failure;
    int status = 200;

    void reset() {
      operations.clear();
      headers.clear();
      body = null;
      failure = null;
      status = 200;
    }
  }

  /** Counts what becomes of transactions. */
  @SuppressWarnings("serial")
  static final class Transactions extends AbstractPlatformTransactionManager {
    int committed;
    int rolledBack;

    @Override
    protected Object doGetTransaction() {
      return new Object();
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {}

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
      committed++;
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
      rolledBack++;
    }
  }

  @Bean
  Transactions transactions() {
    return new Transactions();
  }

  /** What the stub of a route of a file is noted as. */
  static final String INGEST = "ingest";

  /** Who is an operator; everybody else is an administrator. */
  static final String OPERATOR = "operator";

  /** Whoever it is: signing in has tests of its own. */
  @Bean
  AuthenticationManager signIn() {
    return claim ->
        claim.getName().equals(OPERATOR)
            ? signedIn(OPERATOR, Role.OPERATOR, "ROLE_VIEWER", "ROLE_OPERATOR")
            : signedIn(
                claim.getName(),
                Role.ADMINISTRATOR,
                "ROLE_VIEWER",
                "ROLE_OPERATOR",
                "ROLE_ADMINISTRATOR");
  }

  private static Authentication signedIn(String name, Role role, String... authorities) {
    return UsernamePasswordAuthenticationToken.authenticated(
        new Account(1, name, role, true, false, null),
        null,
        AuthorityUtils.createAuthorityList(authorities));
  }

  /** As Hawtio brings it, which only a build with its profile has. */
  @Bean
  ServletRegistrationBean<HttpServlet> jolokia() {
    return new ServletRegistrationBean<>(
        new HttpServlet() {
          @Override
          protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(HttpServletResponse.SC_OK);
          }
        },
        "/actuator/jolokia/*");
  }

  @Bean
  Stub stub() {
    return new Stub();
  }

  @Bean
  RouteBuilder stubs(Stub stub, Contract contract) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        contract.api().getPaths().values().stream()
            .flatMap(path -> path.readOperations().stream())
            .forEach(operation -> serve(operation.getOperationId()));
        from("platform-http:/ingest/topics?matchOnUriPrefix=true") // as a route of a file
            .routeId(INGEST)
            .routeDescription("Stub of a route that takes in what is posted")
            .routeConfigurationId("rest")
            .process(exchange -> note(stub, INGEST, exchange))
            .setBody(constant(""));
      }

      private void serve(String operationId) {
        if (operationId.equals("sendSignal")) {
          from("direct:" + operationId)
              .routeId(operationId)
              .routeDescription("Stub that works in a transaction")
              .routeConfigurationId("rest")
              .transacted()
              .process(exchange -> note(stub, operationId, exchange))
              .setBody(constant("{}"));
          return;
        }
        from("direct:" + operationId)
            .routeId(operationId)
            .routeDescription("Stub of " + operationId)
            .routeConfigurationId("rest")
            .process(exchange -> note(stub, operationId, exchange))
            .process(exchange -> exchange.getMessage().setBody(Map.of("operation", operationId)))
            .marshal()
            .json();
      }
    };
  }

  private static void note(Stub stub, String operationId, Exchange exchange) throws Exception {
    stub.operations.add(operationId);
    stub.headers.putAll(exchange.getMessage().getHeaders());
    stub.body = exchange.getMessage().getBody(String.class);
    if (stub.failure instanceof Exception failure) {
      throw failure;
    }
    if (stub.status != 200) {
      exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, stub.status);
      exchange.getMessage().setHeader("Location", "/api/v1/brokers/7");
    }
  }

  static ProblemException unknownBroker() {
    return ProblemException.notFound("broker", 7);
  }
}
