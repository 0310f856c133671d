package org.mqttintegration.activity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.Accounts;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.MergePatch;
import org.mqttintegration.resource.RequestValidator;
import org.mqttintegration.resource.ResourceRoutes;
import org.springframework.stereotype.Component;

/** The followers of records, and who answers for them, over REST. */
@Component
class FollowerRoutes extends ResourceRoutes {

  private final RecordPath path;
  private final Followers followers;
  private final Responsibles responsibles;
  private final Accounts accounts;
  private final RequestValidator validator;
  private final MergePatch mergePatch;

  FollowerRoutes(
      RecordPath path,
      Followers followers,
      Responsibles responsibles,
      Accounts accounts,
      RequestValidator validator,
      MergePatch mergePatch) {
    this.path = path;
    this.followers = followers;
    this.responsibles = responsibles;
    this.accounts = accounts;
    this.validator = validator;
    this.mergePatch = mergePatch;
  }

  /** All followers of a record. */
  record Items(List<Follower> items) {}

  @Override
  public void configure() {
    answer(
        operation("listFollowers", "Lists the followers of a record"),
        e -> new Items(followers.list(path.record(e))));
    operation("addFollower", "Has somebody follow a record")
        .unmarshal()
        .json(FollowerRequest.class)
        .process(this::add)
        .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(201))
        .marshal()
        .json();
    operation("patchFollower", "Changes fields of a follower")
        .unmarshal()
        .json(JsonNode.class)
        .setBody(this::patch)
        .marshal()
        .json();
    deleted(
        operation("deleteFollower", "Has somebody follow a record no more"),
        e -> followers.delete(path.record(e), follower(e)));
    answer(operation("getResponsible", "Tells who answers for a record"), this::responsible);
    operation("putResponsible", "Has somebody answer for a record")
        .unmarshal()
        .json(ResponsibleRequest.class)
        .setBody(this::changeResponsible)
        .marshal()
        .json();
  }

  private void add(Exchange exchange) {
    FollowerRequest request = validator.check(exchange.getMessage().getBody(FollowerRequest.class));
    RecordRef record = path.record(exchange);
    Follower follower = followers.create(record, request);
    exchange.getMessage().setBody(follower);
    exchange
        .getMessage()
        .setHeader(
            "Location",
            "/api/v1/%s/%s/followers/%d"
                .formatted(record.kind().path(), record.id(), follower.id()));
  }

  private Follower patch(Exchange exchange) {
    JsonNode patch = exchange.getMessage().getBody(JsonNode.class);
    return followers.change(
        path.record(exchange),
        follower(exchange),
        old -> validator.check(mergePatch.apply(old, patch, FollowerRequest.class)));
  }

  private ResponsibleRequest responsible(Exchange exchange) {
    return new ResponsibleRequest(responsibles.of(path.record(exchange)).orElse(null));
  }

  private ResponsibleRequest changeResponsible(Exchange exchange) {
    ResponsibleRequest request = exchange.getMessage().getBody(ResponsibleRequest.class);
    @Nullable String user = request.user();
    if (user != null && !accounts.exists(user)) {
      throw ProblemException.invalid("user", "There is no such user.");
    }
    responsibles.change(path.record(exchange), user);
    return request;
  }

  private static long follower(Exchange exchange) {
    String id = exchange.getMessage().getHeader("follower", String.class);
    return RecordDirectory.number(id == null ? "" : id)
        .orElseThrow(
            () -> new ProblemException(ProblemType.NOT_FOUND, "There is no such follower."));
  }
}
