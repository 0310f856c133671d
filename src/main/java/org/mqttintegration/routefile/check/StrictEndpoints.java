package org.mqttintegration.routefile.check;

import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.URISupport;
import org.mqttintegration.routefile.check.Allowed.Kind;

/** Holds endpoints to what is allowed: components, paths, and what options refer to. */
final class StrictEndpoints {

  private static final Set<String> INNER = Set.of("direct", "seda");
  private static final Set<String> IN_KAMELETS = Set.of("source", "sink");
  private static final Set<String> RESOURCES = Set.of("jslt", "jsonata");
  private static final Pattern BESIDE_FILES = Pattern.compile("file:(\\./)?routes/[\\w-]+\\.\\w+");
  private static final Pattern CLASS_NAME = Pattern.compile("([a-z_]\\w*\\.)+[A-Z]\\w*");
  private static final Pattern LOGIN_MODULE = Pattern.compile("[\\w.]*LoginModule\\b");
  private static final Pattern LOGIN_MODULES =
      Pattern.compile(
          "org\\.apache\\.kafka\\.common\\.security\\.(plain\\.Plain|scram\\.Scram)LoginModule");
  private static final Pattern LOCAL_PATH =
      Pattern.compile(".*([fF]ile|[fF]ileName|[dD]irectory|[lL]ocation)|tempPrefix|move.*|preMove");

  private final Allowed allowed;
  private final Findings findings;
  private final Set<String> inner;
  private final Surroundings surroundings;
  private final Set<String> components;

  StrictEndpoints(
      Allowed allowed,
      Findings findings,
      Set<String> components,
      Set<String> inner,
      Surroundings surroundings) {
    this.components = components;
    this.allowed = allowed;
    this.findings = findings;
    this.inner = inner;
    this.surroundings = surroundings;
  }

  void check(List<EndpointUse> endpoints) {
    endpoints.forEach(this::check);
  }

  private void check(EndpointUse use) {
    String scheme = use.scheme();
    if (scheme == null) {
      findings.add(
          use.at(),
          "Write out the component: in strict mode neither a message nor a placeholder chooses it.");
      return;
    }
    boolean listed = allowed.has(Kind.COMPONENT, scheme);
    if (!listed && !scheme.equals(StrictSql.SCHEME)) {
      if (components.contains(scheme)) { // else there is none, which is said
        findings.add(use.at(), Allowed.refusal(Kind.COMPONENT, scheme));
      }
      return;
    }
    if (!listed) {
      new StrictSql(allowed, findings).check(use);
    }
    checkPath(use, scheme);
    options(use).forEach((name, value) -> checkOption(use, scheme, name, value));
  }

  private void checkPath(EndpointUse use, String scheme) {
    if (isInner(use)) {
      checkInner(use, scheme);
    } else if (scheme.equals("kamelet")) {
      String name = path(use, "templateId").replaceFirst("/.*", "");
      if (!surroundings.kamelets().contains(name) && !IN_KAMELETS.contains(name)) {
        findings.add(use.at(), "There is no kamelet %s beside the route files.".formatted(name));
      }
    } else if (scheme.equals("platform-http")) {
      String path = path(use, "path");
      if (!path.matches("/*ingest(/[\\w{}/-]*)?") || isDynamic(use)) {
        findings.add(use.at(), "Routes are asked over HTTP at paths below /ingest.");
      }
    } else if (scheme.equals("file")) {
      checkFolder(use);
    } else if (RESOURCES.contains(scheme)
        && !BESIDE_FILES.matcher(path(use, "resourceUri")).matches()) {
      findings.add(
          use.at(),
          "%s takes its text from a file beside the route files, as in file:routes/x.%s."
              .formatted(scheme, scheme));
    }
  }

  private static boolean isDynamic(EndpointUse use) {
    return use.uri().contains("{{") || use.uri().contains("${");
  }

  private void checkInner(EndpointUse use, String scheme) {
    String name = innerName(use);
    if (!name.matches("(direct|seda):[\\w.-]+")) {
      findings.add(use.at(), "The name behind %s: is written out.".formatted(scheme));
    } else if (!use.from() && !inner.contains(name)) {
      findings.add(use.at(), "No route of a file begins with %s.".formatted(name));
    }
  }

  /** Whether it is an endpoint within the process. */
  static boolean isInner(EndpointUse use) {
    String scheme = use.scheme();
    return scheme != null && INNER.contains(scheme);
  }

  /** The endpoint's name with its scheme, as in {@code direct:orders}. */
  static String innerName(EndpointUse use) {
    return "%s:%s".formatted(use.scheme(), path(use, "name")).replaceFirst(":/+", ":");
  }

  private static String path(EndpointUse use, String parameter) {
    String path = use.path();
    return path.isEmpty() ? use.parameters().getOrDefault(parameter, "") : path;
  }

  private void checkFolder(EndpointUse use) {
    String folder = path(use, "directoryName").replaceFirst("^\\./+", "");
    String first = folder.replaceFirst("/.*", "");
    if (folder.startsWith("/") || isOutside(folder) || !allowed.has(Kind.DIRECTORY, first)) {
      findings.add(
          use.at(),
          "File endpoints stay in the folders files and export, as in file:files/out. %s"
              .formatted(Allowed.remedy(Kind.DIRECTORY, first.isEmpty() ? folder : first)));
    }
  }

  private static boolean isOutside(String path) {
    return path.contains("..")
        || path.contains("\\")
        || path.contains("%")
        || path.startsWith("~")
        || path.matches("(?s).*(\\{\\{(?!\\??\\s*(env|secret):)|\\$\\{|\\$simple\\{).*");
  }

  /** All options, of the URI's query and of the block. */
  static Map<String, String> options(EndpointUse use) {
    Map<String, String> options = new TreeMap<>(use.parameters());
    options.putAll(query(use));
    return options;
  }

  /** The options of the URI's query. */
  static Map<String, String> query(EndpointUse use) {
    Map<String, String> options = new TreeMap<>();
    try {
      URISupport.parseQuery(use.query(), false, true)
          .forEach((name, value) -> options.put(name, String.valueOf(value)));
    } catch (URISyntaxException e) {
      options.put("", use.query()); // the check of options refuses it
    }
    return options;
  }

  private static String decoded(String value) {
    try {
      return value.contains("%") ? URLDecoder.decode(value, StandardCharsets.UTF_8) : value;
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  private void checkOption(EndpointUse use, String scheme, String name, String raw) {
    String value = decoded(raw.strip()).replaceFirst("^RAW[({]", "");
    if (value.matches("(?s)#.+")
        && !allowed.has(Kind.REFERENCE, value)
        && !StrictSql.isDataSource(scheme, name)) {
      findings.add(use.where(name), Allowed.refusal(Kind.REFERENCE, value));
    }
    Matcher classes = CLASS_NAME.matcher(value);
    if (!scheme.startsWith("http") && classes.matches() && !allowed.has(Kind.CLASS, value)) {
      findings.add(use.where(name), Allowed.refusal(Kind.CLASS, value));
    }
    Matcher modules = LOGIN_MODULE.matcher(value);
    while (modules.find()) {
      if (!LOGIN_MODULES.matcher(modules.group()).matches()) {
        findings.add(use.where(name), Allowed.refusal(Kind.CLASS, modules.group()));
      }
    }
    if (name.equals("jailStartingDirectory") && !value.equals("true")) {
      findings.add(use.where(name), "File endpoints stay in their folder.");
    }
    if (scheme.equals("kamelet") && !StrictText.isSafeValue(value)) {
      findings.add(use.where(name), StrictText.UNSAFE);
    }
    boolean local = LOCAL_PATH.matcher(name).matches();
    if (local && (value.startsWith("/") || value.contains("..") || value.startsWith("~"))) {
      findings.add(use.where(name), "%s is a path below a folder, without ...".formatted(name));
    }
  }
}
