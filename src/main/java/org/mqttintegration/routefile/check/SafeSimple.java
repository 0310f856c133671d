package org.mqttintegration.routefile.check;

import org.apache.camel.CamelContext;
import org.apache.camel.Expression;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.Predicate;
import org.apache.camel.language.simple.FileLanguage;
import org.apache.camel.language.simple.SimpleLanguage;
import org.apache.camel.spi.Language;
import org.apache.camel.spi.LanguageResolver;
import org.apache.camel.support.PluginHelper;
import org.jspecify.annotations.Nullable;

/**
 * The language simple without what the strict mode refuses, also in texts that come with messages
 * or are put together by a route, should a component evaluate one.
 */
public final class SafeSimple implements LanguageResolver {

  private final LanguageResolver others;
  private final @Nullable SimpleRules rules;
  private final boolean ofProcess;

  private SafeSimple(RouteFileSettings settings, LanguageResolver others, boolean ofProcess) {
    this.others = others;
    this.ofProcess = ofProcess;
    this.rules = settings.strict().enabled() ? new SimpleRules(new Allowed(settings)) : null;
  }

  /**
   * Has a Camel context use it.
   *
   * @param ofProcess whether it is the context of the application, and none of a dry run
   */
  public static void addTo(CamelContext camel, RouteFileSettings settings, boolean ofProcess) {
    ExtendedCamelContext extended = camel.getCamelContextExtension();
    LanguageResolver others = PluginHelper.getLanguageResolver(extended);
    extended.addContextPlugin(LanguageResolver.class, new SafeSimple(settings, others, ofProcess));
  }

  @Override
  public Language resolveLanguage(String name, CamelContext camel) {
    return switch (name) {
      case "simple" -> new Simple();
      case "file" -> new File();
      default -> others.resolveLanguage(name, camel);
    };
  }

  private void check(String text) {
    if (rules == null) {
      return;
    }
    if (text.startsWith("resource:")) {
      throw new IllegalArgumentException("Texts from elsewhere are not allowed in strict mode.");
    }
    for (String function : SimpleText.functions(text)) {
      String refusal = rules.refusal(function);
      if (refusal != null) {
        throw new IllegalArgumentException(refusal);
      }
    }
  }

  private final class Simple extends SimpleLanguage {
    @Override
    public void start() {
      if (ofProcess) { // else Camel would use a context that ends soon
        super.start();
      }
    }

    @Override
    public Predicate createPredicate(String expression) {
      check(expression);
      return super.createPredicate(expression);
    }

    @Override
    public Expression createExpression(String expression) {
      check(expression);
      return super.createExpression(expression);
    }

    @Override
    public Expression createExpression(String expression, @Nullable Class<?> type) {
      check(expression);
      return super.createExpression(expression, type);
    }
  }

  private final class File extends FileLanguage {
    @Override
    public void start() {
      if (ofProcess) {
        super.start();
      }
    }

    @Override
    public Predicate createPredicate(String expression) {
      check(expression);
      return super.createPredicate(expression);
    }

    @Override
    public Expression createExpression(String expression) {
      check(expression);
      return super.createExpression(expression);
    }

    @Override
    public Expression createExpression(String expression, @Nullable Class<?> type) {
      check(expression);
      return super.createExpression(expression, type);
    }
  }
}
