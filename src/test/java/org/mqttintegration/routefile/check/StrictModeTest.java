package org.mqttintegration.routefile.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mqttintegration.routefile.check.FilesOfTests.file;
import static org.mqttintegration.routefile.check.FilesOfTests.step;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way out of a route file that we know of. */
class StrictModeTest {

  private static final RouteFileCheck STRICT = check(Map.of());

  private static final Surroundings BESIDE =
      new Surroundings(
          "deleteBroker"::equals, Set.of("direct:other"), Set.of("shared"), Set.of("k"));

  private static RouteFileCheck check(Map<String, ?> settings) {
    return new RouteFileCheck(SettingsOfTests.of(settings));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // steps
        "bean: {beanType: java.lang.Runtime, method: getRuntime}",
        "process: {ref: dispatcher}",
        "script: {groovy: '1'}",
        "script: {simple: '1'}",
        "policy: {ref: x, steps: []}",
        "transacted: {}",
        "dynamicRouter: {simple: '${header.x}'}",
        "recipientList: {simple: '${header.x}'}",
        "recipientList: {constant: 'exec:sh'}",
        "routingSlip: {header: x}",
        "loadBalance: {customLoadBalancer: {ref: x}, steps: []}",
        "serviceCall: {name: x}",
        "saga: {steps: []}",
        "claimCheck: {operation: Get}",
        "transformDataType: {toType: x}",
        "doTry: {steps: [{bean: {ref: x}}], doCatch: [{exception: [java.io.IOException], steps: []}]}",
        "choice: {when: [{simple: '1 == 1', steps: [{bean: {ref: x}}]}]}",
        // languages
        "setBody: {groovy: '\"id\".execute()'}",
        "setBody: {method: {beanType: java.lang.Runtime}}",
        "setBody: {language: {language: bean, expression: 'x?method=y'}}",
        "setBody: {ref: x}",
        "setBody: {spel: '#{T(java.lang.Runtime).getRuntime()}'}",
        "setBody: {mvel: x}",
        "setBody: {ognl: x}",
        "setBody: {java: x}",
        "setBody: {joor: x}",
        "setBody: {js: x}",
        "setBody: {python: x}",
        "setBody: {csimple: x}",
        "setBody: {xpath: 'in:simple(\"x\")'}",
        "setBody: {expression: {groovy: x}}",
        "setBody: {expression: {language: {language: groovy, expression: x}}}",
        "log: {message: x, logLanguage: groovy}",
        "setBody: {jq: 'env.PATH'}",
        "setBody: {jq: {expression: '$ENV.PATH'}}",
        "setBody: {jq: '.a | env | .HOME'}",
        "setBody: {jq: 'import \"a\" as b; .'}",
        "setBody: {simple: '${jq(env.PATH)}'}",
        // resources
        "setBody: {simple: 'resource:file:/etc/passwd'}",
        "setBody: {constant: ' resource:classpath:application.yaml'}",
        "setBody: {constant: 'resource:bean:x'}",
        "setBody: {simple: {expression: 'resource:https://example.org/x'}}",
        "setBody: {simple: 're{{env:MQTT_ROUTE_X}}source:file:/etc/passwd'}",
        // simple
        "setBody: {simple: '${bean:x}'}",
        "setBody: {simple: '$simple{bean:x}'}",
        "setBody: {simple: '${ bean:x }'}",
        "setBody: {simple: '${bean:type:java.lang.Runtime?method=getRuntime}'}",
        "setBody: {simple: '${ref:dataSource}'}",
        "setBody: {simple: '${type:java.lang.Runtime}'}",
        "setBody: {simple: '${camelContext.stop}'}",
        "setBody: {simple: '${exchange.context.stop}'}",
        "setBody: {simple: '${exchange}'}",
        "setBody: {simple: '${env.PATH}'}",
        "setBody: {simple: '${env:PATH}'}",
        "setBody: {simple: '${sys.user.home}'}",
        "setBody: {simple: '${sysenv.PATH}'}",
        "setBody: {simple: '${sysenv:PATH}'}",
        "setBody: {simple: '${properties:spring.datasource.password}'}",
        "setBody: {simple: '${propertiesExist:spring.datasource.password}'}",
        "setBody: {simple: '${body.getClass}'}",
        "setBody: {simple: '${body.class.name}'}",
        "setBody: {simple: '${body?.class}'}",
        "setBody: {simple: '${body[0].class}'}",
        "setBody: {simple: '${body.toString().getClass()}'}",
        "setBody: {simple: '${header.x.class}'}",
        "setBody: {simple: '${headers.x.getClass().forName(y)}'}",
        "setBody: {simple: '${header[x].class}'}",
        "setBody: {simple: '${exchangeProperty.x.class}'}",
        "setBody: {simple: '${variable.x.class}'}",
        "setBody: {simple: '${exception.cause.class}'}",
        "setBody: {simple: '${bodyAs(String).class}'}",
        "setBody: {simple: '${bodyAs(java.lang.Class)}'}",
        "setBody: {simple: '${messageHistory}'}",
        "setBody: {simple: '${attachments}'}",
        "setBody: {simple: '${iif(${bean:x}, 1, 2)}'}",
        "setBody: {simple: '${header.${bean:x}}'}",
        "setBody: {simple: '${{{env:MQTT_ROUTE_F}}:x}'}",
        "setHeader: {name: '${bean:x}', constant: 1}",
        "log: '${bean:x}'",
        "log: {message: '${env.PATH}'}",
        "toD: 'http:x/${bean:y}'",
        "to: {uri: 'http:x', parameters: {userName: '${bean:y}'}}",
        "to: {uri: 'file:files', parameters: {fileName: '${bean:y}'}}",
        "to: {uri: 'file:files', parameters: {'file-name': '${sys.user.home}'}}",
        "split: {tokenize: {token: '${bean:x}'}, steps: []}",
        "throwException: {exceptionType: java.lang.IllegalStateException, message: '${bean:x}'}",
        // placeholders
        "setBody: {constant: '{{spring.datasource.password}}'}",
        "setBody: {constant: '{{?spring.datasource.password}}'}",
        "setBody: {constant: '{{SPRING_DATASOURCE_PASSWORD}}'}",
        "setBody: {constant: '{{env:PATH}}'}",
        "setBody: {constant: '{{env:HOME:x}}'}",
        "setBody: {constant: '{{sys:user.home}}'}",
        "setBody: {constant: '{{bean:x.y}}'}",
        "setBody: {constant: '{{service:x}}'}",
        "setBody: {constant: '{{secret:../application.yaml}}'}",
        "setBody: {constant: '{{a{{b}}}}'}",
        "setBody: {constant: '{{a'}",
        "to: {uri: 'log:x', parameters: {'{{PATH}}': x}}",
        // classes and references
        "throwException: {exceptionType: java.io.FileOutputStream, message: /tmp/x}",
        "throwException: {exceptionType: org.springframework.context.support.FileSystemXmlApplicationContext, message: x}",
        "doTry: {steps: [], doCatch: [{exception: [java.lang.Runtime], steps: []}]}",
        "convertBodyTo: {type: java.lang.Class}",
        "convertBodyTo: java.lang.Class",
        "unmarshal: {json: {unmarshalType: javax.management.loading.MLet}}",
        "unmarshal: {json: {collectionType: x.Y}}",
        "unmarshal: {json: {objectMapper: '#x'}}",
        "unmarshal: {json: {moduleClassNames: x.Y}}",
        "unmarshal: {custom: {ref: x}}",
        "unmarshal: {yaml: {}}",
        "marshal: {jacksonXml: {}}",
        "setBody: {simple: {expression: x, resultType: java.lang.Class}}",
        "split: {constant: x, aggregationStrategy: mine, steps: []}",
        "split: {constant: x, aggregationStrategy: '#class:org.example.Mine', steps: []}",
        "split: {constant: x, aggregationStrategyMethodName: delete, steps: []}",
        "split: {constant: x, onPrepare: mine, steps: []}",
        "wireTap: {uri: 'log:x', onPrepare: mine}",
        "idempotentConsumer: {header: x, idempotentRepository: mine, steps: []}",
        "threads: {executorService: mine}",
        "to: {uri: 'http:x', parameters: {httpClientConfigurer: '#bean:x'}}",
        "to: {uri: 'http:x', parameters: {httpClientConfigurer: '#class:java.lang.Runtime'}}",
        "to: 'http:x?httpClientConfigurer=#x'",
        "to: 'http:x?httpClientConfigurer=%23x'",
        "to: 'http:x?httpClientConfigurer=RAW(#x)'",
        "to: {uri: 'kafka:t', parameters: {valueSerializer: org.example.Mine}}",
        "to: {uri: 'kafka:t', parameters: {additionalProperties.config.providers.x.class:"
            + " org.apache.kafka.common.config.provider.FileConfigProvider}}",
        "to: {uri: 'kafka:t', parameters: {saslJaasConfig: 'com.sun.security.auth.module.JndiLoginModule"
            + " required;'}}",
        // endpoints
        "to: exec:sh",
        "to: bean:dispatcher",
        "to: class:java.lang.Runtime",
        "to: language:groovy:1",
        "to: jpa:org.mqttintegration.broker.BrokerEntity",
        "to: sql:select",
        "to: ref:x",
        "to: dataformat:jackson:unmarshal",
        "to: controlbus:route?routeId=getBroker&action=stop",
        "to: xslt:file:/etc/passwd",
        "to: paho-mqtt5:x",
        "to: browse:x",
        "to: {uri: exec, parameters: {executable: sh}}",
        "to: 'EXEC:sh'",
        "to: '{{env:MQTT_ROUTE_URI}}'",
        "to: '{{secret:uri}}'",
        "toD: '${header.x}'",
        "toD: '${header.x}:y'",
        "toD: 'ex${header.x}:y'",
        "toD: {uri: '${body}'}",
        "wireTap: {uri: '${header.x}'}",
        "enrich: {simple: '${header.x}'}",
        "enrich: {constant: 'exec:sh'}",
        "enrich: {expression: {constant: 'exec:sh'}}",
        "enrich: {header: x}",
        "enrich: {jq: .x}",
        "pollEnrich: {constant: 'file:/etc'}",
        "pollEnrich: {simple: '${body}'}",
        "pollEnrich: {variable: x}",
        "poll: {uri: 'file:/etc'}",
        // inner endpoints
        "to: direct:deleteBroker",
        "to: direct://deleteBroker",
        "to: {uri: direct, parameters: {name: deleteBroker}}",
        "toD: 'direct:${header.x}'",
        "to: 'direct:{{env:MQTT_ROUTE_X}}'",
        "to: seda:any",
        // files
        "to: file:/etc",
        "to: file:///etc",
        "to: file:..",
        "to: file:files/../config",
        "to: file:files/%2e%2e/config",
        "to: file:.",
        "to: file:config/secrets",
        "to: file:routes",
        "to: file:~",
        "to: 'file:C:\\Windows'",
        "to: {uri: file, parameters: {directoryName: /etc}}",
        "to: {uri: file, parameters: {directory-name: /etc}}",
        "toD: 'file:files/${header.x}'",
        "toD: 'file:${header.x}'",
        "to: {uri: 'file:files', parameters: {fileName: ../x}}",
        "to: {uri: 'file:files', parameters: {fileName: /etc/x}}",
        "to: 'file:files?jailStartingDirectory=false'",
        "to: 'file:files?jailStartingDirectory={{env:MQTT_ROUTE_X}}'",
        "to: 'file:files?doneFileName=/etc/x'",
        "to: 'jslt:file:/etc/passwd'",
        "to: kamelet:unknown",
        "kamelet: {name: unknown}",
        "kamelet: {name: k, parameters: {a: '${bean:x}'}}",
        "kamelet: {name: k, parameters: {a: /etc}}",
        "kamelet: 'k?a=/etc'",
        "to: 'kamelet:k?a=/etc'",
        "to: {uri: 'kamelet:k', parameters: {a: '#x'}}",
        "toD: 'kamelet:k?a=${header.x}'",
        "kamelet: subscription",
        "to: {uri: 'ftp:x', parameters: {localWorkDirectory: /etc}}",
      })
  void given_a_way_out_when_checked_then_it_is_refused(String step) {
    List<Finding> findings = STRICT.check(file(step(step)), BESIDE).findings();

    assertThat(findings).isNotEmpty().allMatch(finding -> finding.line() == 6);
    assertThat(findings)
        .noneMatch(
            finding ->
                finding.message().contains("not part of this installation")
                    && findings.size() == 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- beans: [{name: x, type: java.lang.Runtime}]",
        "- dataFormats: {json: {}}",
        "- errorHandler: {refErrorHandler: {ref: x}}",
        "- errorHandler: {jtaTransactionErrorHandler: {}}",
        "- errorHandler: {deadLetterChannel: {deadLetterUri: 'exec:sh'}}",
        "- errorHandler: {deadLetterChannel: {deadLetterUri: 'direct:deleteBroker'}}",
        "- errorHandler: {deadLetterChannel: {deadLetterUri: 'log:x', onRedeliveryRef: x}}",
        "- onException: {exception: [java.lang.Runtime], steps: []}",
        "- onException: {exception: [java.io.IOException], onRedeliveryRef: x, steps: []}",
        "- onException: {exception: [java.io.IOException], retryWhile: {groovy: x}, steps: []}",
        "- onException: {exception: [java.io.IOException], handled: {groovy: x}, steps: []}",
        "- onException: {exception: [java.io.IOException], steps: [{bean: {ref: x}}]}",
        "- onCompletion: {onWhen: {groovy: x}, steps: []}",
        "- intercept: {steps: [{bean: {ref: x}}]}",
        "- route: {id: b, errorHandlerRef: x, from: {uri: 'timer:x', steps: []}}",
        "- route: {id: b, routePolicy: x, from: {uri: 'timer:x', steps: []}}",
        "- route: {id: b, precondition: '${bean:x}', from: {uri: 'timer:x', steps: []}}",
        "- route: {id: b, autoStartup: '{{sys:x}}', from: {uri: 'timer:x', steps: []}}",
        "- route: {id: b, from: {uri: 'platform-http:/api/v1/brokers', steps: []}}",
        "- route: {id: b, from: {uri: 'platform-http:/ingest/../api', steps: []}}",
        "- route: {id: b, from: {uri: 'platform-http:/{{env:MQTT_ROUTE_X}}', steps: []}}",
        "- route: {id: b, from: {uri: 'platform-http:/ingestion', steps: []}}",
        "- route: {id: b, from: {uri: '{{mqtt.route.x:exec:sh}}', steps: []}}",
        "- route: {id: b, from: {uri: '{{mqtt.route.x}}', steps: []}}",
        "- route: {id: b, from: {uri: 'file:{{mqtt.route.x:/etc}}', steps: []}}",
        "- route: {id: b, from: {uri: 'timer:x', steps: [{to: 'jsonata:file:routes/../config/x'}]}}",
        "- routeTemplate: {id: t, parameters: [{name: mqtt.route.x}], from: {uri: 'timer:x', steps: []}}",
        "- route: {id: b, from: {uri: 'file:/etc', steps: []}}",
        "- route: {id: b, from: {uri: 'exec:sh', steps: []}}",
        "- route: {id: b, from: {uri: 'master:x:exec:sh', steps: []}}",
        "- route: {id: b, from: {uri: 'master:x:file:/etc', steps: []}}",
        "- route: {id: b, from: {uri: 'master:x:master:y:exec:sh', steps: []}}",
        "- route: {id: b, from: {uri: 'master:${x}:timer:y', steps: []}}",
        "- route: {id: b, from: {uri: 'master:x:{{mqtt.route.x}}', steps: []}}",
        "- route: {id: deleteBroker, from: {uri: 'timer:x', steps: []}}",
        "- templatedRoute: {routeId: b, routeTemplateRef: subscription}",
        "- templatedRoute: {routeId: b, routeTemplateRef: shared, beans: [{name: x, type: y}]}",
        "- templatedRoute: {routeId: b, routeTemplateRef: shared, parameters: [{name: a, value: '${bean:x}'}]}",
        "- templatedRoute: {routeId: b, routeTemplateRef: shared, parameters: [{name: a, value: '{bean:x}'}]}",
        "- templatedRoute: {routeId: b, routeTemplateRef: shared, parameters: [{name: a, value: /etc}]}",
        "- templatedRoute: {routeId: b, routeTemplateRef: shared, parameters: [{name: a, value: '#x'}]}",
        "- templatedRoute: {routeId: b, routeTemplateRef: shared, parameters: [{name: a, value: 'x?y=%23z'}]}",
        "- templatedRoute: {routeId: b, routeTemplateRef: shared, parameters: [{name: a, value: 'source:file:x'}]}",
        "- routeTemplate: {id: t, beans: [{name: x, type: y}], from: {uri: 'timer:x', steps: []}}",
        "- routeTemplate: {id: t, parameters: [{name: a, defaultValue: '$'}], from: {uri: 'timer:x', steps: []}}",
        "- routeTemplate: {id: t, parameters: [{name: HOME, required: false}], from: {uri: 'timer:{{HOME}}', steps: []}}",
        "- routeTemplate: {id: t, parameters: [{name: a}], from: {uri: '{{a}}:x', steps: []}}",
        "- routeTemplate: {id: t, parameters: [{name: a}], from: {uri: 'file:{{a}}', steps: []}}",
        "- routeTemplate: {id: t, parameters: [{name: a}], from: {uri: 'timer:x', steps: [{to: 'direct:{{a}}'}]}}",
        "- routeTemplate: {id: t, parameters: [{name: a}], from: {uri: 'timer:x', steps: [{setBody: {simple: '${bo{{a}}}'}}]}}",
        "- routeTemplate: {id: t, parameters: [{name: a}], from: {uri: 'timer:x', steps: [{setBody: {simple: 're{{a}}'}}]}}",
      })
  void given_a_way_out_beside_a_route_when_checked_then_it_is_refused(String block) {
    String text = block + "\n" + step("log: x");

    assertThat(STRICT.check(file(text), BESIDE).findings())
        .isNotEmpty()
        .allMatch(finding -> finding.line() == 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name: x|name: k",
        "{setBody: {simple: x}}|{bean: {ref: x}}",
        "{setBody: {simple: x}}|{setBody: {simple: '${bean:x}'}}",
        "{setBody: {simple: x}}|{to: 'exec:sh'}",
        "{setBody: {simple: x}}|{setBody: {simple: '{{spring.datasource.password}}'}}",
        "{setBody: {simple: x}}|{to: 'file:{{a}}'}",
        "template: {|template: {beans: [{name: x, type: y}], ",
        "a: {default: b}|HOME: {type: string}",
        "a: {default: b}|a: {default: '$'}",
        "a: {default: b}|mqtt.route.x: {default: b}",
      })
  void given_a_kamelet_with_a_way_out_when_checked_then_it_is_refused(String change) {
    String text =
        "metadata: {name: x}\nspec: {definition: {properties: {a: {default: b}}}, template: {from:"
            + " {uri: 'kamelet:source', steps: [{setBody: {simple: x}}]}}}\n";
    String[] parts = change.split("\\|");

    assertThat(STRICT.check(new RouteText("x.kamelet.yaml", text), BESIDE).findings()).isEmpty();
    assertThat(
            STRICT
                .check(new RouteText("x.kamelet.yaml", text.replace(parts[0], parts[1])), BESIDE)
                .findings())
        .isNotEmpty();
  }

  @Test
  void given_a_parameter_of_a_template_when_another_route_reads_it_then_it_is_refused() {
    String template =
        "- routeTemplate: {id: t, parameters: [{name: HOME}], from: {uri: 'timer:{{HOME}}', steps: []}}\n";

    assertThat(STRICT.check(file(template + step("log: x")), BESIDE).findings()).isEmpty();
    assertThat(STRICT.check(file(template + step("log: '{{HOME}}'")), BESIDE).findings())
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to: direct:other",
        "to: file:files/out",
        "to: 'jsonata:file:routes/readings.jsonata'",
        "to: '{{mqtt.route.webhook.url:http://localhost:9000/messages}}'",
        "to: './files?x'",
        "enrich: {constant: 'direct:other'}",
        "toD: 'http:erp.example/${header.mqttTopic}'",
      })
  void given_what_stays_inside_when_checked_then_nothing_of_the_strict_mode_is_found(String step) {
    assertThat(STRICT.check(file(step(step)), BESIDE).findings())
        .filteredOn(finding -> !finding.message().contains("installation"))
        .filteredOn(finding -> !step.contains("./files"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"master:x:timer:tick?period=60s", "master:x:file:files/in"})
  void given_what_one_node_has_when_checked_then_it_is_checked_as_by_itself(String uri) {
    String route = "- route: {id: b, from: {uri: '%s', steps: [{log: x}]}}".formatted(uri);
    assertThat(STRICT.check(file(route), BESIDE).findings()).isEmpty();
    assertThat(STRICT.check(file(route.replace("tick?", "tick?nosuch=1&")), BESIDE).findings())
        .hasSize(uri.contains("tick?") ? 1 : 0);
  }

  @Test
  void given_a_name_that_is_refused_when_checked_then_the_finding_says_how_it_is_allowed() {
    assertThat(STRICT.check(file(step("bean: {ref: x}")), BESIDE).findings())
        .extracting(Finding::message)
        .contains(
            "The step bean is not allowed in strict mode. An administrator allows it with"
                + " mqtt-integration.route-files.strict.allow.steps: \"bean\".");
  }

  @Test
  void given_names_that_are_allowed_when_checked_then_they_are_not_refused() {
    RouteFileCheck lenient =
        check(
            Map.of(
                "strict.allow.steps", "bean",
                "strict.allow.components", "bean",
                "strict.allow.functions", "bean,env",
                "strict.allow.references", "mine",
                "strict.allow.directories", "out",
                "strict.allow.properties", "erp.url"));

    for (String step :
        List.of(
            "bean: {ref: mine}",
            "to: bean:x",
            "setBody: {simple: '${bean:x} ${env.PATH}'}",
            "to: file:out/x",
            "setBody: {constant: '{{erp.url}}'}")) {
      assertThat(lenient.check(file(step(step)), BESIDE).findings()).as(step).isEmpty();
    }
  }

  @Test
  void given_no_strict_mode_when_checked_then_files_may_do_what_the_process_can() {
    RouteFileCheck lenient = check(Map.of("strict.enabled", "false"));

    assertThat(lenient.check(file(step("bean: {beanType: java.lang.Runtime}")), BESIDE).findings())
        .isEmpty();
  }
}
