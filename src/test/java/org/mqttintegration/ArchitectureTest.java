package org.mqttintegration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.persistence.Entity;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.data.repository.Repository;

/** Holds the lines of the layout: floors, no circles, features closed to each other. */
@AnalyzeClasses(
    packages = "org.mqttintegration",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "org.mqttintegration";

  /** A package imports only from floors below its own. */
  private static final Map<String, Integer> FLOORS =
      Map.ofEntries(
          Map.entry("api", 9),
          Map.entry("console", 10),
          Map.entry("configuration", 8),
          Map.entry("routefile", 7),
          Map.entry("bridge", 6),
          Map.entry("request", 6),
          Map.entry("schedule", 6),
          Map.entry("subscription", 5),
          Map.entry("signal", 5),
          Map.entry("send", 4),
          Map.entry("broker", 3),
          Map.entry("topic", 3),
          Map.entry("history", 2),
          Map.entry("activity", 2),
          Map.entry("mqtt", 1),
          Map.entry("node", 1),
          Map.entry("problem", 1),
          Map.entry("resource", 0),
          Map.entry("secret", 1),
          Map.entry("access", 1),
          Map.entry("installation", 1),
          Map.entry("telemetry", 0),
          Map.entry("outbound", 0));

  /** Below everything on floor 1 too: what can be wrong with a request. */
  private static final String PROBLEM = "problem";

  @ArchTest
  static final ArchRule packages_import_from_lower_floors_only =
      classes().that().resideInAPackage(ROOT + "..").should(importFromLowerFloorsOnly());

  @ArchTest
  static final ArchRule packages_form_no_circle =
      slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule mqtt_knows_nothing_of_the_database =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".mqtt..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jakarta.persistence..",
              "java.sql..",
              "javax.sql..",
              "org.hibernate..",
              "org.springframework.data..",
              "org.springframework.jdbc..",
              "org.apache.camel.component.jpa..");

  @ArchTest
  static final ArchRule only_the_application_looks_into_embedded =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT, ROOT + ".embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".embedded..");

  @ArchTest
  static final ArchRule embedded_knows_no_feature =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              FLOORS.keySet().stream()
                  .map(name -> ROOT + "." + name + "..")
                  .toArray(String[]::new));

  @ArchTest
  static final ArchRule routes_are_route_builders =
      classes()
          .that()
          .haveSimpleNameEndingWith("Routes")
          .and()
          .resideOutsideOfPackage(ROOT + ".resource") // TemplatedRoutes adds and removes some
          .should()
          .beAssignableTo(RouteBuilder.class)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule route_builders_are_named_for_what_they_wire =
      classes()
          .that()
          .areAssignableTo(RouteBuilder.class)
          .and()
          .areNotAnonymousClasses()
          .should()
          .haveNameMatching(".*(Routes|Template|RouteConfiguration)")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule entities_stay_in_their_package =
      classes()
          .that()
          .areAnnotatedWith(Entity.class)
          .should(bePackagePrivateUnlessAnotherFeatureUsesThem())
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule repositories_stay_in_their_package =
      classes()
          .that()
          .areAssignableTo(Repository.class)
          .should()
          .bePackagePrivate()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule names_say_what_a_class_is =
      noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Util|Utils)");

  private static ArchCondition<JavaClass> importFromLowerFloorsOnly() {
    return new ArchCondition<>("import from lower floors only") {
      @Override
      public void check(JavaClass source, ConditionEvents events) {
        String from = feature(source);
        source.getDirectDependenciesFromSelf().stream()
            .filter(d -> d.getTargetClass().getPackageName().startsWith(ROOT + "."))
            .filter(d -> !allowed(from, feature(d.getTargetClass())))
            .forEach(d -> events.add(SimpleConditionEvent.violated(source, d.getDescription())));
      }
    };
  }

  private static boolean allowed(String from, String to) {
    if (from.isEmpty() || from.equals(to) || to.equals("embedded")) {
      return true; // the application sees all; who sees embedded has a rule of its own
    }
    if (to.equals(PROBLEM)) {
      return true;
    }
    return floor(to) < floor(from);
  }

  private static int floor(String feature) {
    Integer floor = FLOORS.get(feature);
    if (floor == null && !feature.equals("embedded") && !feature.isEmpty()) {
      throw new AssertionError("The package " + feature + " has no floor yet.");
    }
    return feature.isEmpty() ? Integer.MAX_VALUE : floor == null ? 0 : floor;
  }

  /** The package below the root, {@code ""} for the application itself. */
  private static String feature(JavaClass type) {
    String name = type.getPackageName();
    if (name.equals(ROOT)) {
      return "";
    }
    String below = name.substring(ROOT.length() + 1);
    int end = below.indexOf('.');
    return end < 0 ? below : below.substring(0, end);
  }

  private static ArchCondition<JavaClass> bePackagePrivateUnlessAnotherFeatureUsesThem() {
    return new ArchCondition<>("be package-private unless another feature uses them") {
      @Override
      public void check(JavaClass entity, ConditionEvents events) {
        boolean used =
            entity.getDirectDependenciesToSelf().stream()
                .anyMatch(d -> !feature(d.getOriginClass()).equals(feature(entity)));
        if (entity.getModifiers().contains(JavaModifier.PUBLIC) && !used) {
          events.add(
              SimpleConditionEvent.violated(entity, entity.getName() + " is public for nobody"));
        }
      }
    };
  }
}
