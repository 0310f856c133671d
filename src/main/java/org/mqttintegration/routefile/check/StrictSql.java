package org.mqttintegration.routefile.check;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.mqttintegration.routefile.check.Allowed.Kind;

/**
 * Holds {@code sql:} to the databases of route files. Left alone, the component takes the only data
 * source that it finds, the application's own.
 */
final class StrictSql {

  static final String SCHEME = "sql";

  private static final String DATA_SOURCE = "dataSource";

  /** No resource, whose text would be read and run, and no text that is put together later. */
  private static final Pattern STATEMENT =
      Pattern.compile("[/\\s]*\\(?[a-zA-Z]+\\s.*", Pattern.DOTALL);

  private static final Pattern STATEMENTS = Pattern.compile("query|onConsume.*");

  private final Allowed allowed;
  private final Findings findings;

  StrictSql(Allowed allowed, Findings findings) {
    this.allowed = allowed;
    this.findings = findings;
  }

  /** Whether that option is the data source, which is checked here. */
  static boolean isDataSource(String scheme, String option) {
    return scheme.equals(SCHEME) && option.equals(DATA_SOURCE);
  }

  void check(EndpointUse use) {
    Map<String, String> inUri = StrictEndpoints.query(use);
    boolean once = inUri.containsKey(DATA_SOURCE) ^ use.parameters().containsKey(DATA_SOURCE);
    if (!once) {
      findings.add(
          use.at(),
          "sql needs the parameter dataSource, once: a database of the settings"
              + " mqtt-integration.route-files.data-sources, as in dataSource: '#erp'.");
    }
    if (!use.path().isEmpty()) {
      checkStatement(use, "query", use.path());
    }
    inUri.forEach((name, value) -> checkOption(use, name, value));
    use.parameters().forEach((name, value) -> checkOption(use, name, value));
  }

  private void checkOption(EndpointUse use, String name, String value) {
    if (STATEMENTS.matcher(name).matches()) {
      checkStatement(use, name, value);
    }
    if (name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "").contains("datasource")) {
      checkDataSource(use, name, value);
    }
  }

  private void checkStatement(EndpointUse use, String name, String text) {
    if (!STATEMENT.matcher(text).matches()) {
      findings.add(
          use.where(name), "Write the statement of %s here, from its first word.".formatted(name));
    }
  }

  private void checkDataSource(EndpointUse use, String name, String value) {
    boolean known =
        name.equals(DATA_SOURCE)
            && value.startsWith("#")
            && allowed.has(Kind.DATA_SOURCE, value.substring(1));
    if (!known) {
      findings.add(
          use.where(name),
          "There is no data source %s. An administrator sets mqtt-integration.route-files.data-sources.<name>.url, and it is dataSource: '#<name>'."
              .formatted(value));
    }
  }
}
