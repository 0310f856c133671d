package org.mqttintegration.console.difference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mqttintegration.console.difference.LineDifference.Line;

class LineDifferenceTest {

  @Test
  void given_two_texts_when_they_are_compared_then_each_line_is_told_once_with_its_numbers() {
    assertThat(told(LineDifference.between("a\nb\nc\nd", "a\nx\nc\nd\ne")))
        .containsExactly(
            "same 1 1 a",
            "removed 2 - b",
            "added - 2 x",
            "same 3 3 c",
            "same 4 4 d",
            "added - 5 e");
  }

  @Test
  void given_a_line_that_moved_when_texts_are_compared_then_what_is_common_stays() {
    assertThat(told(LineDifference.between("a\nb\nc", "b\nc\na")))
        .containsExactly("removed 1 - a", "same 2 1 b", "same 3 2 c", "added - 3 a");
  }

  @Test
  void given_changes_far_apart_when_only_these_are_wanted_then_gaps_stand_for_the_rest() {
    List<Line> lines = LineDifference.between("a\nb\nc\nd\ne\nf", "A\nb\nc\nd\nE\nf", 1);

    assertThat(told(lines))
        .containsExactly(
            "removed 1 - a",
            "added - 1 A",
            "same 2 2 b",
            "gap - - ",
            "same 4 4 d",
            "removed 5 - e",
            "added - 5 E",
            "same 6 6 f");
  }

  @Test
  void given_equal_or_empty_texts_when_they_are_compared_then_nothing_is_told_that_is_not_there() {
    assertThat(LineDifference.between("a\nb", "a\nb", 3)).isEmpty();
    assertThat(told(LineDifference.between("", "a"))).containsExactly("added - 1 a");
    assertThat(told(LineDifference.between("a", ""))).containsExactly("removed 1 - a");
  }

  @Test
  void given_texts_too_large_to_compare_when_they_differ_then_one_takes_the_others_place() {
    String before = String.join("\n", Collections.nCopies(3_000, "before"));
    String after = String.join("\n", Collections.nCopies(3_000, "after"));

    assertThat(LineDifference.between(before, after)).hasSize(6_000);
  }

  private static List<String> told(List<Line> lines) {
    return lines.stream()
        .map(
            line ->
                "%s %s %s %s"
                    .formatted(
                        line.kind(), number(line.before()), number(line.after()), line.text()))
        .toList();
  }

  private static Object number(Integer number) {
    return number == null ? "-" : number;
  }

  @Test
  void given_two_texts_when_compared_then_as_few_lines_as_can_be_are_otherwise() {
    assertThat(LineDifference.between("a\nb\nc\nd", "a\nc\nx\nd"))
        .extracting(line -> line.sign() + line.text())
        .containsExactly(" a", "-b", " c", "+x", " d");
    assertThat(LineDifference.between("a\na", "a"))
        .extracting(line -> line.sign() + line.text())
        .containsExactly(" a", "-a");
  }
}
