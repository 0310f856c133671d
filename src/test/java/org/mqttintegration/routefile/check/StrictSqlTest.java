package org.mqttintegration.routefile.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mqttintegration.routefile.check.FilesOfTests.file;
import static org.mqttintegration.routefile.check.FilesOfTests.step;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL of route files reaches the databases that are set for them, and nothing else. */
class StrictSqlTest {

  private static final RouteFileCheck STRICT =
      new RouteFileCheck(SettingsOfTests.of(Map.of("data-sources.erp.url", "jdbc:postgresql:erp")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to: 'sql:insert into a values (1)?dataSource=#erp'",
        "to: {uri: sql, parameters: {query: 'insert into a values (:#mqttTopic)', dataSource: '#erp'}}",
        "to: {uri: 'sql:with x as (select 1) select * from x', parameters: {dataSource: '#erp'}}",
        "toD: 'sql:insert into a values (1)?dataSource=#erp'",
      })
  void given_a_database_of_the_settings_when_checked_then_nothing_is_found(String step) {
    assertThat(findings(STRICT, step)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to: 'sql:select 1'",
        "to: 'sql:select 1?dataSource=erp'",
        "to: 'sql:select 1?dataSource=#dataSource'",
        "to: 'sql:select 1?dataSource=dataSource'",
        "to: 'sql:select 1?dataSource=#bean:dataSource'",
        "to: 'sql:select 1?dataSource=#erp&dataSource=#dataSource'",
        "to: 'sql:select 1?dataSource=#erp&template.dataSource=#dataSource'",
        "to: 'sql:select 1?dataSource={{mqtt.route.database}}'",
        "to: {uri: 'sql:select 1?dataSource=#erp', parameters: {dataSource: '#dataSource'}}",
        "to: {uri: 'sql:select 1?dataSource=#erp', parameters: {data-source: '#dataSource'}}",
        "to: {uri: 'sql:select 1', parameters: {dataSource: '#erp', DataSource: '#dataSource'}}",
        "toD: 'sql:select 1?dataSource=#${header.x}'",
        "to: 'sql:file:files/x.sql?dataSource=#erp'",
        "to: 'sql:classpath:application.yaml?dataSource=#erp'",
        "to: 'sql://file:files/x.sql?dataSource=#erp'",
        "to: {uri: sql, parameters: {query: 'file:files/x.sql', dataSource: '#erp'}}",
        "to: {uri: sql, parameters: {query: '{{mqtt.route.x}}', dataSource: '#erp'}}",
        "poll: {uri: 'sql:select 1?dataSource=#erp', parameters: {onConsume: 'file:files/x.sql'}}",
        "to: 'sql:select 1?dataSource=#erp&outputClass=java.lang.Runtime'",
        "to: 'sql:select 1?dataSource=#erp&rowMapperFactory=#x'",
        "to: 'sql-stored:x(1)?dataSource=#erp'",
      })
  void given_a_way_to_elsewhere_when_checked_then_it_is_refused(String step) {
    assertThat(findings(STRICT, step)).isNotEmpty().allMatch(finding -> finding.line() == 6);
  }

  @Test
  void given_no_database_of_that_name_when_checked_then_the_finding_says_how_it_is_set() {
    assertThat(findings(STRICT, "to: 'sql:select 1?dataSource=#crm'"))
        .extracting(Finding::message)
        .containsExactly(
            "There is no data source #crm. An administrator sets"
                + " mqtt-integration.route-files.data-sources.<name>.url, and it is dataSource:"
                + " '#<name>'.");
  }

  @Test
  void given_the_component_is_allowed_when_checked_then_it_may_use_any_database() {
    RouteFileCheck lenient =
        new RouteFileCheck(SettingsOfTests.of(Map.of("strict.allow.components", "sql")));

    assertThat(findings(lenient, "to: 'sql:select 1'")).isEmpty();
  }

  private static List<Finding> findings(RouteFileCheck check, String step) {
    return check.check(file(step(step)), Surroundings.none()).findings();
  }
}
