package org.mqttintegration.api;

import com.atlassian.oai.validator.model.Request;
import io.swagger.v3.oas.models.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.Account;
import org.mqttintegration.access.Role;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.WireName;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;

/** Lets an account do what the contract says that it may. */
@Component
class ContractAuthorization implements AuthorizationManager<RequestAuthorizationContext> {

  /** What may be done before the password is changed. */
  private static final Set<String> BEFORE_CHANGE = Set.of("getOwnAccount", "changeOwnPassword");

  private static final String OPERATION = ContractAuthorization.class.getName();

  private final Contract contract;

  ContractAuthorization(Contract contract) {
    this.contract = contract;
  }

  @Override
  @Deprecated
  public @Nullable AuthorizationDecision check(
      Supplier<Authentication> authentication, RequestAuthorizationContext context) {
    Account account = Account.of(authentication.get());
    if (account == null) {
      return new AuthorizationDecision(false);
    }
    HttpServletRequest request = context.getRequest();
    require(account, operation(request), query(request));
    return new AuthorizationDecision(true);
  }

  private static Map<String, List<String>> query(HttpServletRequest request) {
    try {
      return QueryString.parse(request.getQueryString());
    } catch (ProblemException unreadable) {
      throw new RefusedException(unreadable); // answered as it is, though nothing is forbidden
    }
  }

  /** Refuses what that account may not do; null stands for what the contract does not have. */
  void require(Account account, @Nullable Operation operation, Map<String, List<String>> query) {
    String refusal = operation == null ? null : refusal(account, operation, query);
    if (refusal != null) {
      throw new RefusedException(new ProblemException(ProblemType.FORBIDDEN, refusal));
    }
    if (account.mustChangePassword()
        && (operation == null || !BEFORE_CHANGE.contains(operation.getOperationId()))) {
      throw new RefusedException(
          new ProblemException(
              ProblemType.PASSWORD_CHANGE_REQUIRED,
              "Change your password with PUT /api/v1/me/password."));
    }
  }

  /** Whether that account may do it, with no query that needs more. */
  boolean permits(Account account, Operation operation) {
    return !account.mustChangePassword() && refusal(account, operation, Map.of()) == null;
  }

  /** Null where the contract has none: that is refused later, with the methods that there are. */
  @Nullable Operation operation(HttpServletRequest request) {
    if (request.getAttribute(OPERATION) instanceof Operation known) {
      return known;
    }
    String path = request.getRequestURI();
    if (!contract.methods(path).contains(request.getMethod())) {
      return null;
    }
    Operation operation = contract.operation(path, Request.Method.valueOf(request.getMethod()));
    request.setAttribute(OPERATION, operation);
    return operation;
  }

  private static @Nullable String refusal(
      Account account, Operation operation, Map<String, List<String>> query) {
    OperationAccess access = Contract.access(operation);
    Role role = access.role();
    if (role != null && !account.role().includes(role)) {
      return "This needs the role %s; yours is %s."
          .formatted(WireName.of(role), WireName.of(account.role()));
    }
    if (!access.tokens() && account.byToken()) {
      return "A token does not do for this; sign in with your password.";
    }
    if (!account.readsPayloads() && access.needsPayloads(query)) {
      return "This needs the permission to read payloads.";
    }
    return null;
  }
}
