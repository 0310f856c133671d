package org.mqttintegration.console.form;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.api.RequestField;
import org.mqttintegration.console.FieldErrors;
import org.mqttintegration.problem.ProblemException;
import org.springframework.util.MultiValueMap;

/**
 * A list as its address asks for it, with a filter drawn from the contract.
 *
 * @param answer what was found; without items when the filter was refused
 * @param filter the fields of the filter, with what was typed
 * @param errors what is wrong with them
 */
public record FilteredList(Map<String, Object> answer, List<FormField> filter, FieldErrors errors) {

  /** What says which part of a list is asked for, and not what is in it. */
  private static final Set<String> PAGING = Set.of("page", "size", "sort", "limit", "cursor");

  /**
   * Asks for a list.
   *
   * @param asked the operation, and what the address does not say
   * @param query the parameters of the address; those that the contract does not have are left out
   * @param choices the records that fields may name
   */
  public static FilteredList ask(
      Operations operations,
      OperationRequest asked,
      MultiValueMap<String, String> query,
      Choices choices) {
    List<RequestField> known = operations.queryFields(asked.operationId());
    known.forEach(field -> asked.with(field.name(), query.getFirst(field.name())));
    Map<String, Object> answer = Map.of("items", List.of());
    FieldErrors errors = FieldErrors.NONE;
    try {
      answer = operations.ask(asked);
    } catch (ProblemException refused) {
      errors = FieldErrors.of(refused);
    }
    List<FormField> filter = Form.fields(filters(known), query.toSingleValueMap(), errors, choices);
    return new FilteredList(answer, filter, errors);
  }

  /** Those parameters of a list that filter it. */
  public static List<RequestField> filters(List<RequestField> parameters) {
    return parameters.stream().filter(field -> !PAGING.contains(field.name())).toList();
  }
}
