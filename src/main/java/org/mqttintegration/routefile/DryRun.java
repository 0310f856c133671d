package org.mqttintegration.routefile;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.component.bean.BeanComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spi.PropertiesSource;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.routefile.check.Finding;
import org.mqttintegration.routefile.check.Findings;
import org.mqttintegration.routefile.check.RouteFileContent;
import org.mqttintegration.routefile.check.RouteFileContent.RouteLine;
import org.mqttintegration.routefile.check.RouteFileContent.StepLine;
import org.mqttintegration.routefile.check.RouteFileSettings;
import org.mqttintegration.routefile.check.RouteText;
import org.mqttintegration.routefile.check.SafeSimple;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds the routes of a file in a Camel context of their own, where nothing starts and no endpoint
 * is real. It finds what only Camel can say, such as expressions that cannot be parsed.
 */
final class DryRun {

  private static final Logger LOG = LoggerFactory.getLogger(DryRun.class);
  private static final String BEAN = "bean";

  private final @Nullable CamelContext application;
  private final PropertiesFunction secrets;
  private final RouteFileSettings settings;

  /**
   * A dry run.
   *
   * @param application whose beans and properties the routes see; null for none
   * @param secrets what {@code {{secret:name}}} stands for
   * @param settings what the language simple may do
   */
  DryRun(
      @Nullable CamelContext application, PropertiesFunction secrets, RouteFileSettings settings) {
    this.settings = settings;
    this.application = application;
    this.secrets = secrets;
  }

  /**
   * What is wrong with a file.
   *
   * @param file the file
   * @param content where its routes and steps are
   * @param templates files with templates and kamelets that it may use
   */
  List<Finding> run(RouteText file, RouteFileContent content, List<RouteText> templates) {
    Findings findings = new Findings();
    try (DefaultCamelContext scratch = scratch((name, camel) -> new DryComponent())) {
      scratch.setAutoStartup(false);
      addLibraries(templates, scratch);
      scratch.start();
      try {
        file.addTo(scratch, new RouteStatistics());
      } catch (Exception e) {
        locate(e, scratch, content, findings);
      }
    } catch (Exception e) {
      findings.add(1, 1, Failure.sentence(e));
    }
    return findings.list();
  }

  /**
   * Adds what a file may use. A library may be made of that very file, and cannot be built without
   * it: what comes of it then is enough, since no file is made of what is made of it.
   */
  static void addLibraries(List<RouteText> libraries, CamelContext scratch) {
    for (RouteText library : libraries) {
      try {
        library.addTo(scratch, new RouteStatistics());
      } catch (Exception e) {
        LOG.debug("library left out file={} reason={}", library.name(), Failure.sentence(e));
      }
    }
  }

  /** A Camel context apart, which has the application's beans and properties. */
  DefaultCamelContext scratch(ComponentResolver components) {
    DefaultCamelContext scratch =
        application == null
            ? new DefaultCamelContext()
            : new DefaultCamelContext(new NamedBeans(application));
    SafeSimple.addTo(scratch, settings, null);
    scratch.disableJMX();
    scratch
        .getCamelContextExtension()
        .addContextPlugin(
            ComponentResolver.class,
            (name, camel) ->
                name.equals(BEAN) // the language simple needs it for entries of maps
                    ? new BeanComponent()
                    : components.resolveComponent(name, camel));
    scratch.getPropertiesComponent().addPropertiesFunction(secrets);
    if (application != null) {
      scratch.getPropertiesComponent().addPropertiesSource(new Properties(application));
    } else {
      scratch.getPropertiesComponent().setIgnoreMissingProperty(true);
      scratch.getRegistry().bind("bodies", new GroupedBodyAggregationStrategy());
    }
    return scratch;
  }

  /** The place of the step that Camel names, else that of its route. */
  private static void locate(
      Exception failure, DefaultCamelContext scratch, RouteFileContent content, Findings findings) {
    if (Failure.addMarked(failure, findings)) {
      return;
    }
    String step = Failure.step(failure);
    for (RouteDefinition route : scratch.getRouteDefinitions()) {
      ProcessorDefinition<?> found = find(route.getOutputs(), step);
      if (found != null) {
        StepLine place = place(found, content.steps());
        findings.add(place.line(), place.column(), Failure.sentence(failure));
        return;
      }
    }
    RouteLine route = Failure.route(failure, content.routes());
    RouteLine named = route != null ? route : content.firstRoute();
    findings.add(named.line(), named.column(), Failure.sentence(failure));
  }

  private static @Nullable ProcessorDefinition<?> find(
      List<ProcessorDefinition<?>> steps, String printed) {
    for (ProcessorDefinition<?> step : steps) {
      ProcessorDefinition<?> inner = find(step.getOutputs(), printed);
      if (inner != null || step.toString().equals(printed)) {
        return inner != null ? inner : step;
      }
    }
    return null;
  }

  /** Camel counts the lines of some steps from 0. */
  private static StepLine place(ProcessorDefinition<?> step, List<StepLine> steps) {
    int line = step.getLineNumber();
    return steps.stream()
        .filter(place -> place.line() == line || place.line() == line + 1)
        .filter(place -> place.name().equals(step.getShortName()))
        .findFirst()
        .orElse(new StepLine(step.getShortName(), Math.max(1, line), 1));
  }

  /** Beans by their names; no components, which would leave the application for the dry run. */
  private record NamedBeans(CamelContext application) implements BeanRepository {
    @Override
    public @Nullable Object lookupByName(String name) {
      return isComponent(name) ? null : application.getRegistry().lookupByName(name);
    }

    @Override
    public <T> @Nullable T lookupByNameAndType(String name, Class<T> type) {
      return isComponent(name) ? null : application.getRegistry().lookupByNameAndType(name, type);
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
      return Map.of();
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
      return Set.of();
    }

    private static boolean isComponent(String name) {
      return name.endsWith("-component");
    }
  }

  private record Properties(CamelContext application) implements PropertiesSource {
    @Override
    public String getName() {
      return "application";
    }

    @Override
    public @Nullable String getProperty(String name) {
      return application.getPropertiesComponent().resolveProperty(name).orElse(null);
    }
  }
}
