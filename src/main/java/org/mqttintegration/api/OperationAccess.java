package org.mqttintegration.api;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.Role;
import org.mqttintegration.resource.WireName;

/**
 * Who may ask for an operation, as the contract says.
 *
 * @param role the least role, null when everybody who is signed in may
 * @param withheld whether who may not read payloads gets the answer without them
 * @param payloads whether only who may read payloads may ask
 * @param payloadParameters the query parameters that search in payloads
 * @param tokens whether a token may ask
 */
record OperationAccess(
    @Nullable Role role,
    boolean withheld,
    boolean payloads,
    Set<String> payloadParameters,
    boolean tokens) {

  private static final String ROLE = "x-role";
  private static final String PAYLOAD = "x-payload";
  private static final String TOKEN = "x-token";
  private static final String ANYBODY = "user";
  private static final String REQUIRED = "required";

  /** Throws where the contract says nothing or nonsense: such an operation is nobody's. */
  static OperationAccess of(Operation operation) {
    Map<String, Object> extensions = operation.getExtensions();
    Object word = extensions == null ? null : extensions.get(ROLE);
    Role role = WireName.constant(Role.class, String.valueOf(word));
    if (extensions == null || role == null && !ANYBODY.equals(word)) {
      throw new IllegalStateException(
          "The operation %s has no %s".formatted(operation.getOperationId(), ROLE));
    }
    return new OperationAccess(
        role,
        "withheld".equals(extensions.get(PAYLOAD)),
        REQUIRED.equals(extensions.get(PAYLOAD)),
        Contract.queryParameters(operation).stream()
            .filter(OperationAccess::searchesPayloads)
            .map(Parameter::getName)
            .collect(Collectors.toUnmodifiableSet()),
        !"refused".equals(extensions.get(TOKEN)));
  }

  private static boolean searchesPayloads(Parameter parameter) {
    Map<String, Object> extensions = parameter.getExtensions();
    return extensions != null && REQUIRED.equals(extensions.get(PAYLOAD));
  }

  /** Whether a request with that query needs the permission to read payloads. */
  boolean needsPayloads(Map<String, List<String>> query) {
    return payloads || payloadParameters.stream().anyMatch(query::containsKey);
  }
}
