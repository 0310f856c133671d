package org.mqttintegration.routefile;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.processor.aggregate.AggregateProcessor;
import org.mqttintegration.bridge.ReceptionTrial;
import org.mqttintegration.bridge.SignalComponent;
import org.mqttintegration.bridge.SignalEndpoint;
import org.mqttintegration.bridge.SignalOperation;
import org.mqttintegration.history.RecordedMessage;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.routefile.check.Finding;
import org.mqttintegration.routefile.check.RouteText;
import org.springframework.dao.DataAccessException;

/**
 * Tries files on messages of the history, in a Camel context of their own: routes run, and every
 * target is only noted. Nothing leaves the machine, and no position moves.
 */
@org.springframework.stereotype.Component
class RouteTrial {

  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final RouteFiles files;
  private final ReceptionTrial reception;
  private final RouteSecrets secrets;

  RouteTrial(RouteFiles files, ReceptionTrial reception, RouteSecrets secrets) {
    this.files = files;
    this.reception = reception;
    this.secrets = secrets;
  }

  /**
   * Which messages to try.
   *
   * @param from the earliest time of receipt, inclusive
   * @param to the latest, exclusive
   * @param limit how many at most for each route
   */
  record Range(Instant from, Instant to, int limit) {}

  /**
   * Tries a file, and what runs under its name to compare.
   *
   * @throws ProblemException when the file is refused
   */
  TrialResult run(RouteText file, Range range) {
    List<Finding> findings = files.validate(file).findings();
    if (!findings.isEmpty()) {
      throw RouteFileService.refused(findings);
    }
    TrialResult result = tried(file, range);
    RouteFileState known = files.find(file.name());
    return known == null || known.loaded() == null
        ? result
        : result.comparedWith(tried(known.loaded().file(), range));
  }

  private TrialResult tried(RouteText file, Range range) {
    Trial trial = new Trial(secrets::hide);
    try (DefaultCamelContext scratch =
        files.inspection().scratch((name, camel) -> component(name, trial))) {
      DryRun.addLibraries(files.inspection().libraries(file.name()), scratch);
      file.addTo(scratch, new RouteStatistics());
      scratch.start();
      boolean complete = work(scratch, trial, range);
      completeAggregations(scratch);
      return trial.result(complete);
    } catch (ProblemException | DataAccessException e) {
      throw e;
    } catch (Exception e) {
      throw new ProblemException(
          ProblemType.ROUTE_FILE_REFUSED,
          "It cannot be tried: " + secrets.hide(Failure.sentence(e)));
    }
  }

  /** Routes within the file go on for real; all else is the outside. */
  private static Component component(String name, Trial trial) {
    return switch (name) {
      case "direct" -> new DirectComponent();
      case "kamelet" -> new KameletComponent();
      default -> new TrialComponent(trial);
    };
  }

  private boolean work(DefaultCamelContext scratch, Trial trial, Range range) throws Exception {
    long begin = System.nanoTime();
    for (var source : List.copyOf(trial.sources().entrySet())) {
      if (!source.getKey().startsWith("signal:")) {
        continue; // what comes from elsewhere is not in the history
      }
      SignalEndpoint endpoint = endpoint(scratch, source.getKey());
      for (RecordedMessage message :
          reception.messages(endpoint, range.from(), range.to(), range.limit())) {
        if (System.nanoTime() - begin > LIMIT_NANOS) {
          return false;
        }
        process(scratch.getEndpoint(source.getKey()), source.getValue(), message, trial);
      }
    }
    return true;
  }

  private SignalEndpoint endpoint(DefaultCamelContext scratch, String uri) throws Exception {
    SignalComponent component = new SignalComponent();
    component.setCamelContext(scratch);
    SignalEndpoint endpoint = (SignalEndpoint) component.createEndpoint(uri);
    if (endpoint.getOperation() != SignalOperation.receive) {
      throw new IllegalArgumentException("A route begins with signal:receive");
    }
    return endpoint;
  }

  private void process(Endpoint endpoint, Processor route, RecordedMessage message, Trial trial) {
    Exchange exchange = endpoint.createExchange();
    reception.fill(exchange, message);
    exchange.setProperty(Trial.HISTORY_ID, message.id());
    trial.process(route, exchange);
  }

  /** What waits for more messages, or for time to pass, ends with the trial. */
  private static void completeAggregations(DefaultCamelContext scratch) {
    for (RouteDefinition route : scratch.getRouteDefinitions()) {
      for (AggregateDefinition step :
          ProcessorDefinitionHelper.filterTypeInOutputs(
              route.getOutputs(), AggregateDefinition.class)) {
        AggregateProcessor aggregate = scratch.getProcessor(step.getId(), AggregateProcessor.class);
        if (aggregate != null) {
          aggregate.forceCompletionOfAllGroups();
          awaitEnd(aggregate);
        }
      }
    }
  }

  /** Groups are worked on by a thread of their own. */
  private static void awaitEnd(AggregateProcessor aggregate) {
    long begin = System.nanoTime();
    while (aggregate.getInProgressCompleteExchanges() > 0
        && System.nanoTime() - begin < LIMIT_NANOS) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
