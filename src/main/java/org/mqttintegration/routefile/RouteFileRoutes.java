package org.mqttintegration.routefile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.RequestParameters;
import org.mqttintegration.resource.ResourceRoutes;
import org.mqttintegration.routefile.RouteFileService.Expected;
import org.mqttintegration.routefile.check.Finding;
import org.mqttintegration.routefile.check.Proposals;
import org.mqttintegration.routefile.check.RouteFileContent;
import org.mqttintegration.routefile.check.RouteText;
import org.springframework.stereotype.Component;

/** The operations on route files over REST. */
@Component
class RouteFileRoutes extends ResourceRoutes {

  private static final String YAML = "text/yaml";
  private static final String UNNAMED = "unnamed" + RouteText.ROUTES;

  private static final Duration AN_HOUR = Duration.ofHours(1);

  private final RouteFileService files;
  private final RouteTrial trial;
  private final RouteFileCompletion completion;

  RouteFileRoutes(RouteFileService files, RouteTrial trial, RouteFileCompletion completion) {
    this.files = files;
    this.completion = completion;
    this.trial = trial;
  }

  /** Things of a file that are not paged. */
  record Items<T>(List<T> items) {}

  /**
   * What a check found.
   *
   * @param valid whether the file could run
   * @param findings what is wrong with it
   * @param routes the ids of the routes that it says, as far as it can be read
   */
  record Verdict(boolean valid, List<Finding> findings, List<String> routes) {}

  @Override
  public void configure() {
    answer(operation("listRouteFiles", "Lists route files"), e -> new Items<>(files.list()));
    operation("getRouteFile", "Gives a route file as it is stored").process(this::read);
    answer(
        operation("putRouteFile", "Applies and stores a route file"),
        e -> files.put(body(e, name(e)), expected(e)));
    deleted(
        operation("deleteRouteFile", "Deletes a route file"),
        e -> files.delete(name(e), expected(e)));
    answer(operation("validateRouteFile", "Says what is wrong with a route file"), this::validate);
    answer(
        operation("completeRouteFile", "Proposes what may stand at a place of a route file"),
        this::complete);
    answer(operation("tryRouteFile", "Tries a route file on the history"), this::tryOut);
    answer(
        operation("listRouteFileVersions", "Lists the versions of a route file"),
        e -> new Items<>(files.versions(name(e))));
    answer(
        operation("getRouteFileVersion", "Reads a version of a route file"),
        e -> files.version(name(e), version(text(e, "version"))));
    answer(
        operation("rollBackRouteFile", "Applies an older version of a route file"),
        e -> files.rollBack(name(e), version(RequestParameters.of(e).text("version"))));
  }

  private void read(Exchange exchange) {
    RouteText file = files.read(name(exchange));
    Message message = exchange.getMessage();
    message.setBody(file.text());
    message.setHeader(Exchange.CONTENT_TYPE, YAML + ";charset=UTF-8");
    message.setHeader("ETag", RouteFileService.entityTag(file));
  }

  private Verdict validate(Exchange exchange) {
    RouteFileContent content = files.validate(anyFile(exchange));
    return new Verdict(
        content.isValid(),
        content.findings(),
        content.routes().stream().map(RouteFileContent.RouteLine::id).toList());
  }

  private Proposals complete(Exchange exchange) {
    RequestParameters parameters = RequestParameters.of(exchange);
    return completion.at(
        anyFile(exchange), number(parameters.number("line")), number(parameters.number("column")));
  }

  private static int number(@Nullable Long given) {
    return given == null ? 1 : given.intValue();
  }

  private TrialResult tryOut(Exchange exchange) {
    RequestParameters parameters = RequestParameters.of(exchange);
    Instant now = Instant.now();
    Instant from = parameters.instant("from");
    Instant to = parameters.instant("to");
    return trial.run(
        anyFile(exchange),
        new RouteTrial.Range(
            from == null ? now.minus(AN_HOUR) : from, to == null ? now : to, parameters.limit()));
  }

  /** A file that need not be there. */
  private static RouteText anyFile(Exchange exchange) {
    String name = RequestParameters.of(exchange).text("name");
    if (name != null && !RouteFolder.NAME.matcher(name).matches()) {
      throw ProblemException.invalid("name", "The name of a file, as in plant.camel.yaml.");
    }
    return body(exchange, name == null ? UNNAMED : name);
  }

  private static RouteText body(Exchange exchange, String name) {
    String text = exchange.getMessage().getBody(String.class);
    return new RouteText(name, text == null ? "" : text);
  }

  private static Expected expected(Exchange exchange) {
    return new Expected(text(exchange, "If-Match"), text(exchange, "If-None-Match"));
  }

  private static String name(Exchange exchange) {
    String name = text(exchange, "file");
    if (name == null || !RouteFolder.NAME.matcher(name).matches()) {
      throw new ProblemException(ProblemType.NOT_FOUND, "There is no route file of that name.");
    }
    return name;
  }

  private static long version(@Nullable String text) {
    if (text == null || !text.matches("[1-9]\\d{0,8}")) {
      throw ProblemException.invalid("version", "A whole number from 1.");
    }
    return Long.parseLong(text);
  }

  private static @Nullable String text(Exchange exchange, String header) {
    return exchange.getMessage().getHeader(header, String.class);
  }
}
