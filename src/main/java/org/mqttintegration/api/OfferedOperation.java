package org.mqttintegration.api;

import io.swagger.v3.oas.models.Operation;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.Role;

/**
 * An operation that the contract offers, and who may ask for it: for who draws what a role may.
 *
 * @param tag what it is about
 * @param id its id
 * @param method its HTTP method
 * @param path its path below the host
 * @param summary what it does
 * @param role the least role, null when everybody who is signed in may
 * @param payloads whether only who may read payloads may ask
 * @param withheld whether others get the answer without payloads
 * @param payloadParameters the query parameters for those only who may read payloads
 * @param tokens whether a token may ask
 */
public record OfferedOperation(
    String tag,
    String id,
    String method,
    String path,
    String summary,
    @Nullable Role role,
    boolean payloads,
    boolean withheld,
    Set<String> payloadParameters,
    boolean tokens) {

  static OfferedOperation of(Contract.Place place) {
    Operation operation = place.operation();
    OperationAccess access = OperationAccess.of(operation);
    return new OfferedOperation(
        operation.getTags().get(0),
        operation.getOperationId(),
        place.method(),
        place.path(),
        operation.getSummary(),
        access.role(),
        access.payloads(),
        access.withheld(),
        access.payloadParameters(),
        access.tokens());
  }

  /** Whether that role may ask for it. */
  public boolean permits(Role asking) {
    return role == null || asking.includes(role);
  }
}
