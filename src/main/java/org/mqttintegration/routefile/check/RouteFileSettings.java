package org.mqttintegration.routefile.check;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where route files are, and what they may do.
 *
 * @param directory the folder whose {@code *.camel.yaml} files run; folders below it do not count
 * @param source what has the files where there are several nodes
 * @param secrets the folder with a file for each secret, {@code {{secret:name}}}
 * @param watch whether files that are new, changed or deleted in the folder are taken up while the
 *     application runs
 * @param dataSources databases that {@code sql:} may use, by name, as in {@code dataSource: '#erp'}
 * @param strict what files may use
 */
@Validated
@ConfigurationProperties("mqtt-integration.route-files")
public record RouteFileSettings(
    @DefaultValue("./routes") Path directory,
    @DefaultValue("folder") Source source,
    @DefaultValue("./config/secrets") Path secrets,
    @DefaultValue("true") boolean watch,
    @DefaultValue Map<String, @Valid Database> dataSources,
    @DefaultValue Strict strict) {

  /** What has the files, so that all nodes run the same. */
  public enum Source {
    /** The folder, which the nodes share. */
    FOLDER,
    /** The database; the folder of each node is a copy, which may be changed as well. */
    DATABASE
  }

  /**
   * A database of route files.
   *
   * @param url the JDBC URL, as in {@code jdbc:postgresql://erp.example.org/erp}
   * @param username the user; null when the URL says it
   * @param password the user's password
   * @param connections the most connections at once
   */
  public record Database(
      @NotBlank String url,
      @Nullable String username,
      @Nullable String password,
      @DefaultValue("4") @Min(1) int connections) {

    @Override
    public String toString() {
      return "Database[username=%s, connections=%d]".formatted(username, connections);
    }
  }

  /**
   * The strict mode. A Camel route can do what the process can; this holds files to a list.
   *
   * @param enabled whether files are held to the lists; without, who writes files may run programs
   * @param components the components that endpoints may have
   * @param languages the languages that expressions may have
   * @param steps the steps (EIPs) that routes may have
   * @param dataFormats the data formats of {@code marshal} and {@code unmarshal}
   * @param environmentPrefix how names of environment variables begin that files may read
   * @param allow what is allowed beside these
   */
  public record Strict(
      @DefaultValue("true") boolean enabled,
      @DefaultValue({
            "amqp",
            "aws2-s3",
            "direct",
            "file",
            "ftp",
            "ftps",
            "http",
            "https",
            "imap",
            "imaps",
            "jms",
            "jsonata",
            "jslt",
            "kafka",
            "kamelet",
            "log",
            "mock",
            "nats",
            "platform-http",
            "scheduler",
            "seda",
            "sftp",
            "signal",
            "smtp",
            "smtps",
            "timer"
          })
          List<String> components,
      @DefaultValue({
            "constant",
            "exchangeProperty",
            "header",
            "jq",
            "jsonpath",
            "simple",
            "tokenize",
            "variable"
          })
          List<String> languages,
      @DefaultValue({
            "aggregate",
            "choice",
            "convertBodyTo",
            "convertHeaderTo",
            "convertVariableTo",
            "delay",
            "doCatch",
            "doFinally",
            "doTry",
            "enrich",
            "filter",
            "idempotentConsumer",
            "kamelet",
            "log",
            "loop",
            "marshal",
            "multicast",
            "pipeline",
            "poll",
            "pollEnrich",
            "removeHeader",
            "removeHeaders",
            "removeProperties",
            "removeProperty",
            "removeVariable",
            "resequence",
            "rollback",
            "sample",
            "setBody",
            "setExchangePattern",
            "setHeader",
            "setHeaders",
            "setProperty",
            "setVariable",
            "setVariables",
            "sort",
            "split",
            "step",
            "stop",
            "threads",
            "throttle",
            "throwException",
            "to",
            "toD",
            "transform",
            "unmarshal",
            "validate",
            "wireTap"
          })
          List<String> steps,
      @DefaultValue({"base64", "csv", "gzipDeflater", "json", "zipDeflater"})
          List<String> dataFormats,
      @DefaultValue("MQTT_ROUTE_") String environmentPrefix,
      @DefaultValue Allow allow) {}

  /**
   * What an administrator allows by name, beside the lists.
   *
   * @param components further components
   * @param languages further languages
   * @param steps further steps, and blocks of a file such as {@code beans}
   * @param dataFormats further data formats
   * @param functions further functions of the language simple, such as {@code bean}
   * @param properties settings of the application that files may read
   * @param directories folders that file endpoints may use, beside {@code files}
   * @param classes further classes that types may name
   * @param references further beans that files may refer to, as they write it, such as {@code
   *     #class:org.example.MyStrategy}
   */
  public record Allow(
      @DefaultValue List<String> components,
      @DefaultValue List<String> languages,
      @DefaultValue List<String> steps,
      @DefaultValue List<String> dataFormats,
      @DefaultValue List<String> functions,
      @DefaultValue List<String> properties,
      @DefaultValue List<String> directories,
      @DefaultValue List<String> classes,
      @DefaultValue List<String> references) {}
}
