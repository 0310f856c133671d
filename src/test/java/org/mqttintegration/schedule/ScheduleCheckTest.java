package org.mqttintegration.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.resource.Violations;
import org.mqttintegration.signal.SignalService;

class ScheduleCheckTest {

  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());

  private final SignalService signals = mock(SignalService.class);
  private final ScheduleCheck checks = new ScheduleCheck(Violations.validator(), signals);

  @BeforeEach
  void aSignal() {
    when(signals.exists(5)).thenReturn(true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'at': '2031-01-01T00:00:00Z'}",
        "{'every': 'PT1S'}",
        "{'every': 'P366D', 'startAt': '2020-01-01T00:00:00Z', 'endAt': '2020-01-02T00:00:00Z'}",
        "{'every': 'P1DT1S', 'values': {'a': {'b': ['c', 1, null]}, 'n': null}}",
        "{'cron': ' 0  */5 * * * ? '}",
        "{'cron': '0 0 12 L-3 * ? 2031', 'timeZone': '+02:00'}",
        "{'cron': '0 0 12 ? jan-mar mon#1', 'timeZone': 'Europe/Berlin', 'misfire': 'skip'}"
      })
  void given_what_can_be_when_checked_then_it_is_taken(String fields) throws Exception {
    assertThat(errors(fields)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'signalId': null, 'every': 'PT1S'}                          | signalId",
        "{'signalId': 6, 'every': 'PT1S'}                             | signalId",
        "{}                                                           | at",
        "{'at': '2031-01-01T00:00:00Z', 'every': 'PT1S'}              | at",
        "{'cron': '* * * * * ?', 'every': 'PT1S'}                     | every",
        "{'at': '2031-01-01T00:00:00Z', 'startAt': '2030-01-01T00:00:00Z'} | startAt",
        "{'at': '2031-01-01T00:00:00Z', 'endAt': '2030-01-01T00:00:00Z'} | endAt",
        "{'at': '2031-01-01T00:00:00Z', 'timeZone': 'UTC'}            | timeZone",
        "{'every': 'PT1S', 'startAt': '1969-01-01T00:00:00Z'}         | startAt",
        "{'every': 'PT1S', 'endAt': '+12000-01-01T00:00:00Z'}         | endAt",
        "{'every': 'PT0S'}                                            | every",
        "{'every': '-PT1S'}                                           | every",
        "{'every': 'PT1.5S'}                                          | every",
        "{'every': 'P366DT1S'}                                        | every",
        "{'every': 'P99999999999999999999D'}                          | every",
        "{'every': '5 minutes'}                                       | every",
        "{'every': 'PT1S', 'startAt': '2031-01-01T00:00:00Z', 'endAt': '2031-01-01T00:00:00Z'} | endAt",
        "{'cron': '* * * * * ?', 'timeZone': 'Europe/Atlantis'}       | timeZone",
        "{'cron': '* * * * * ?', 'timeZone': ''}                      | timeZone",
        "{'every': 'PT1S', 'values': {'a': {'b': ['\\u0000']}}}       | values",
        "{'every': 'PT1S', 'values': {'\\u0000': 1}}                  | values",
        "{'every': 'PT1S', 'values': {'a': '\\ud800'}}                | values"
      })
  void given_what_cannot_be_when_checked_then_the_field_is_named(String fields, String field)
      throws Exception {
    assertThat(errors(fields)).extracting(FieldError::field).containsExactly(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                    | has 6 or 7 fields",
        "* * * * *             | this has 5",
        "* * * * * ? * *       | this has 8",
        "60 * * * * ?          | field seconds is 60",
        "* x * * * ?           | field minutes is x",
        "* * 24 * * ?          | field hours is 24",
        "* * * 32 * ?          | field day of month is 32",
        "* * * 0 * ?           | field day of month is 0",
        "* * * * 13 ?          | field month is 13",
        "* * * * XYZ ?         | field month is XYZ",
        "* * * ? * 8           | field day of week is 8",
        "* * * ? * XYZ         | field day of week is XYZ",
        "* * * * * ? x         | field year is x",
        "* * * * * *           | has to be ?",
        "* * * ? * ?           | has to be ?",
        "? * * * * ?           | field seconds is ?"
      })
  void given_what_is_no_expression_when_checked_then_its_fault_is_told(String cron, String message)
      throws Exception {
    assertThat(errors("{'cron': '%s'}".formatted(cron)))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.field()).isEqualTo("cron");
              assertThat(error.message()).contains(message);
            });
  }

  private List<FieldError> errors(String fields) throws Exception {
    ObjectNode schedule = JSON.createObjectNode().put("signalId", 5);
    schedule.setAll((ObjectNode) JSON.readTree(fields.replace('\'', '"')));
    ScheduleRequest request = JSON.treeToValue(schedule, ScheduleRequest.class);
    return Violations.errors(() -> checks.check(request));
  }
}
