package org.mqttintegration.console.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mqttintegration.console.routes.Diagram.Box;

class DiagramTest {

  @Test
  void
      given_routes_that_lead_to_each_other_when_drawn_then_each_stands_right_of_what_leads_to_it() {
    Diagram diagram =
        Diagram.of(
            List.of(
                route(
                    "further",
                    "direct://further",
                    "http://erp.example.org/readings?httpMethod=POST"),
                route(
                    "plant",
                    "signal://receive?broker=Local+broker&topic=plant%2F%23",
                    "direct:further")));

    assertThat(diagram.boxes()).hasSize(5);
    assertThat(box(diagram, "From Local broker").detail()).isEqualTo("plant/#");
    assertThat(
            List.of(
                box(diagram, "From Local broker").x(),
                box(diagram, "plant").x(),
                box(diagram, "direct").x(),
                box(diagram, "further").x(),
                box(diagram, "http").x()))
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(diagram.lines()).hasSize(4);
  }

  @Test
  void given_routes_in_a_circle_when_drawn_then_the_picture_ends() {
    Diagram diagram =
        Diagram.of(List.of(route("a", "direct:a", "direct:b"), route("b", "direct:b", "direct:a")));

    assertThat(diagram.boxes()).hasSize(4);
    assertThat(diagram.lines()).hasSize(4);
  }

  @Test
  void given_many_routes_of_one_source_when_drawn_then_no_box_covers_another() {
    Diagram diagram =
        Diagram.of(
            List.of(
                route("a", "direct:in", "log:a", "log:b"),
                route("b", "direct:in", "log:a", "log:c"),
                route("c", "direct:in")));

    for (Box one : diagram.boxes()) {
      assertThat(diagram.boxes())
          .filteredOn(other -> other != one && other.x() == one.x())
          .allMatch(other -> Math.abs(other.y() - one.y()) >= Box.HEIGHT);
      assertThat(one.x() + Box.WIDTH).isLessThan(diagram.width());
      assertThat(one.y() + Box.HEIGHT).isLessThan(diagram.height());
    }
  }

  @Test
  void given_a_draft_when_its_routes_are_compared_with_those_that_run_then_each_is_named() {
    assertThat(DraftCheck.effect(List.of("a", "b"), List.of("b", "c")))
        .isEqualTo("Applying it replaces b, starts c, stops a.");
    assertThat(DraftCheck.effect(List.of(), List.of()))
        .isEqualTo("Applying it starts and stops no route.");
  }

  private static Box box(Diagram diagram, String title) {
    return diagram.boxes().stream()
        .filter(box -> box.title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Object> route(String id, String from, String... to) {
    return Map.of(
        "id",
        id,
        "from",
        from,
        "to",
        List.of(to),
        "state",
        "started",
        "exchanges",
        1,
        "failures",
        0,
        "inFlight",
        0);
  }
}
