package org.mqttintegration.testing;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Makes the invocations of {@link TestOnEachBroker}. */
final class EachBroker implements TestTemplateInvocationContextProvider {

  private static final List<Part> KINDS =
      List.of(Part.ARTEMIS, Part.MOSQUITTO, Part.CONTAINER_MOSQUITTO, Part.CONTAINER_HIVEMQ);

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    return kinds(context).stream().map(On::new);
  }

  private static List<Part> kinds(ExtensionContext context) {
    TestOnEachBroker test = context.getRequiredTestMethod().getAnnotation(TestOnEachBroker.class);
    return test.value().length == 0 || "all".equals(System.getProperty("brokers"))
        ? KINDS
        : List.of(test.value());
  }

  private record On(Part kind) implements TestTemplateInvocationContext {

    @Override
    public String getDisplayName(int index) {
      return kind.toString();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new Availability(kind), new Parameter(kind));
    }
  }

  private record Availability(Part kind) implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      Class<?> suite = context.getRequiredTestClass();
      Brokers.Offer offer = Brokers.of(context).offer(kind);
      if (offer.broker() == null) {
        Parts.skipped(suite, kind, offer.reason());
        return ConditionEvaluationResult.disabled(kind + ": " + offer.reason());
      }
      Parts.ran(suite, kind);
      return ConditionEvaluationResult.enabled(kind.toString());
    }
  }

  private record Parameter(Part kind) implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == BrokerUnderTest.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return Brokers.of(context).offer(kind).broker();
    }
  }
}
