package org.mqttintegration.routefile.check;

import java.util.function.Function;
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
  private final @Nullable SecretPlaces secrets;

  private SafeSimple(
      RouteFileSettings settings, LanguageResolver others, @Nullable SecretPlaces secrets) {
    this.others = others;
    this.secrets = secrets;
    this.rules = settings.strict().enabled() ? new SimpleRules(new Allowed(settings)) : null;
  }

  /**
   * Has a Camel context use it.
   *
   * @param secrets the secrets in URIs of the application; null in a dry run
   */
  public static void addTo(
      CamelContext camel, RouteFileSettings settings, @Nullable SecretPlaces secrets) {
    ExtendedCamelContext extended = camel.getCamelContextExtension();
    LanguageResolver others = PluginHelper.getLanguageResolver(extended);
    extended.addContextPlugin(LanguageResolver.class, new SafeSimple(settings, others, secrets));
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
      if (secrets != null) { // else Camel would use a context that ends soon
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
      return withSecrets(expression, super::createExpression);
    }

    @Override
    public Expression createExpression(String expression, @Nullable Class<?> type) {
      return withSecrets(expression, text -> super.createExpression(text, type));
    }

    /** Secrets in their places; without such, what Camel makes of a text that is allowed. */
    private Expression withSecrets(String text, Function<String, Expression> camels) {
      Expression filled = secrets == null ? null : secrets.expression(text, this::createExpression);
      if (filled != null) {
        return filled;
      }
      check(text);
      return camels.apply(text);
    }
  }

  private final class File extends FileLanguage {
    @Override
    public void start() {
      if (secrets != null) {
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
