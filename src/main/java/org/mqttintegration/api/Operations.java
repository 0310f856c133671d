package org.mqttintegration.api;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.models.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.mqttintegration.access.Account;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.stereotype.Component;

/**
 * The operations of the contract, asked for in this process by whoever is signed in. Everything is
 * as over HTTP: the roles, the check of the request, the route, and what is withheld.
 */
@Component
public class Operations {

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final Contract contract;
  private final ContractAuthorization authorization;
  private final ContractValidator validator;
  private final WithheldPayloads withheld;
  private final CamelContext camel;
  private final ProducerTemplate routes;
  private final ObjectMapper json;

  Operations(
      Contract contract,
      ContractAuthorization authorization,
      ContractValidator validator,
      WithheldPayloads withheld,
      CamelContext camel,
      ProducerTemplate routes,
      ObjectMapper json) {
    this.contract = contract;
    this.authorization = authorization;
    this.validator = validator;
    this.withheld = withheld;
    this.camel = camel;
    this.routes = routes;
    this.json = json;
  }

  /**
   * Asks for an operation.
   *
   * @return the answer's body as a JSON object is; empty where it has none
   * @throws ProblemException whatever REST would answer with a problem
   * @throws org.springframework.security.access.AccessDeniedException when the account may not
   */
  public Map<String, Object> ask(OperationRequest request) {
    Account account = asking();
    Contract.Place place = permitted(request, account);
    Exchange exchange = answered(request, place);
    byte[] body = exchange.getMessage().getBody(byte[].class);
    byte[] answer = body == null ? new byte[0] : body;
    try {
      return answer.length == 0
          ? Map.of()
          : json.readValue(
              isWithheld(place.operation(), account) ? withheld.without(answer) : answer, OBJECT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the bytes of an answer go. */
  @FunctionalInterface
  public interface Sink {

    /** Begins to take an answer of that media type; nothing is refused any more. */
    OutputStream open(String mediaType) throws IOException;
  }

  /**
   * Asks for an operation that answers something else than JSON, and hands its bytes on as they
   * come.
   *
   * @throws ProblemException whatever REST would answer with a problem; the sink was not opened
   * @throws org.springframework.security.access.AccessDeniedException when the account may not
   * @throws IOException when the answer cannot be read or written to its end
   */
  public void stream(OperationRequest request, Sink sink) throws IOException {
    Account account = asking();
    Contract.Place place = permitted(request, account);
    if (isWithheld(place.operation(), account)) {
      throw new IllegalStateException("Payloads are withheld from whole answers only");
    }
    Message answer = answered(request, place).getMessage();
    try (InputStream body = answer.getBody(InputStream.class)) {
      body.transferTo(sink.open(answer.getHeader(Exchange.CONTENT_TYPE, String.class)));
    }
  }

  private Account asking() {
    Account account = Account.current();
    if (account == null) {
      throw new ProblemException(ProblemType.NOT_SIGNED_IN, "Sign in first.");
    }
    if (!camel.isStarted()) {
      throw ProblemException.notServing();
    }
    return account;
  }

  private Contract.Place permitted(OperationRequest request, Account account) {
    Contract.Place place = contract.place(request.operationId());
    authorization.require(account, place.operation(), QueryString.parse(request.query()));
    return place;
  }

  private Exchange answered(OperationRequest request, Contract.Place place) {
    Exchange exchange = exchange(request, place);
    routes.send("direct:" + request.operationId(), exchange);
    ProblemException problem = FailureAnswer.problem(exchange);
    if (problem != null) {
      throw problem;
    }
    return exchange;
  }

  /** All operations of the contract, by what they are about. */
  public Map<String, List<OfferedOperation>> offered() {
    return contract.offered();
  }

  /** Whether whoever is signed in may ask for an operation, as far as the contract says. */
  public boolean permits(String operationId) {
    Account account = Account.current();
    return account != null
        && authorization.permits(account, contract.place(operationId).operation());
  }

  /**
   * Refuses whoever may not ask for an operation: for pages that lead to it.
   *
   * @throws org.springframework.security.access.AccessDeniedException when the account may not
   */
  public void require(String operationId) {
    permitted(OperationRequest.of(operationId), asking());
  }

  /** The fields that an operation's JSON body may have; none where it takes none. */
  public List<RequestField> bodyFields(String operationId) {
    return new RequestFields(contract).ofBody(contract.place(operationId));
  }

  /** The parameters that an operation's query may have. */
  public List<RequestField> queryFields(String operationId) {
    return new RequestFields(contract).ofQuery(contract.place(operationId));
  }

  private static boolean isWithheld(Operation operation, Account account) {
    return Contract.access(operation).withheld() && !account.readsPayloads();
  }

  private Exchange exchange(OperationRequest request, Contract.Place place) {
    Exchange exchange = new DefaultExchange(camel);
    Message message = exchange.getMessage();
    String path = request.path(place.path());
    message.setHeader(Exchange.HTTP_METHOD, place.method());
    message.setHeader(Exchange.HTTP_PATH, path);
    message.setHeader(Exchange.HTTP_URI, path);
    message.setHeader(Exchange.HTTP_QUERY, request.query());
    message.setHeader(Exchange.CONTENT_TYPE, request.mediaType(place.method()));
    message.setBody(request.bytes(json));
    validator.check(exchange);
    request.pathParameters().forEach(message::setHeader);
    return exchange;
  }
}
