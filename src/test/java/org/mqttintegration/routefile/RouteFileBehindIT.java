package org.mqttintegration.routefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.spy;
import static org.mqttintegration.routefile.FolderOfNode.FILE;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mqttintegration.routefile.RouteFileService.Expected;
import org.mqttintegration.routefile.check.FilesOfTests;
import org.mqttintegration.routefile.check.RouteText;

/** A node that is behind the others: what it runs still is no save, and never takes one back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteFileBehindIT {

  private static final String ONE = FilesOfTests.step("to: mock:one");
  private static final String TWO = FilesOfTests.step("to: mock:two");
  private static final String THREE = FilesOfTests.step("to: mock:three");
  private static final String TEMPLATE = "t.camel.yaml";

  private VersionsOfTests stored;
  private RouteFileVersions versions;

  @TempDir Path folders;

  private FolderOfNode first;
  private FolderOfNode second;

  @BeforeAll
  void startPostgres() throws Exception {
    stored = new VersionsOfTests(RouteFileBehindIT.class);
  }

  @AfterAll
  void stopPostgres() throws Exception {
    stored.close();
  }

  @BeforeEach
  void nodes() {
    stored.clear();
    versions = spy(stored.versions);
    first = new FolderOfNode(folders.resolve("first"), stored.versions);
    second = new FolderOfNode(folders.resolve("second"), versions);
  }

  @AfterEach
  void stopNodes() {
    first.stop();
    second.stop();
  }

  @Test
  void given_a_node_that_has_just_seen_a_version_when_it_gets_a_newer_one_itself_then_that_stays()
      throws Exception {
    first.started().put(ONE);
    second.started();
    first.put(TWO);
    doAnswer(
            newest -> {
              Object seen = newest.callRealMethod();
              second.put(THREE);
              return seen;
            })
        .when(versions)
        .newest();

    second.follow().runs(THREE);

    first.follow().runs(THREE);
    assertKept(THREE, TWO, ONE);
  }

  @Test
  void given_a_node_that_takes_a_version_over_when_a_newer_one_is_saved_then_that_stays()
      throws Exception {
    first.started().put(ONE);
    second.started();
    first.put(TWO);
    second.meanwhile(() -> first.put(THREE)).follow();

    assertKept(THREE, TWO, ONE);
    second.follow().runs(THREE);
    first.follow().runs(THREE);
  }

  @Test
  void given_a_node_that_takes_a_deletion_over_when_the_file_is_saved_again_then_it_stays()
      throws Exception {
    first.started().put(ONE);
    second.started();
    first.delete();
    second.meanwhile(() -> first.put(TWO)).follow();

    assertKept(TWO, null, ONE);
    second.follow().runs(TWO);
    first.follow().runs(TWO);
  }

  @Test
  void given_a_node_that_is_behind_when_a_change_expects_what_it_has_then_it_is_refused()
      throws Exception {
    first.started().put(ONE);
    second.started();
    first.put(TWO);
    String seen = RouteFileService.entityTag(new RouteText(FILE, ONE));
    Expected expected = new Expected(seen, null);

    assertThatThrownBy(() -> second.service.put(new RouteText(FILE, THREE), expected))
        .hasMessageContaining("read it again");
    assertThatThrownBy(() -> second.service.delete(FILE, expected))
        .hasMessageContaining("read it again");

    second.runs(TWO);
    assertKept(TWO, ONE);
    Expected newest = new Expected(RouteFileService.entityTag(new RouteText(FILE, TWO)), null);
    second.service.put(new RouteText(FILE, THREE), newest);
    first.follow().runs(THREE);
    assertKept(THREE, TWO, ONE);
  }

  @Test
  void given_a_template_and_its_use_when_both_change_then_no_node_keeps_the_old_use_again()
      throws Exception {
    first.started().put(TEMPLATE, template("one")).put(use("one"));
    second.started();

    first.put(TEMPLATE, template("two")).put(use("two"));
    second.follow().runs(use("two"));

    assertKept(use("two"), use("one"));
    first.follow().runs(use("two"));
  }

  @Test
  void given_a_node_that_starts_when_a_file_is_saved_before_it_runs_there_then_that_stays()
      throws Exception {
    first.started().put(ONE);
    second.meanwhile(() -> first.put(TWO)).started();

    assertKept(TWO, ONE);
    second.follow().runs(TWO);
    first.follow().runs(TWO);
  }

  @Test
  void given_a_folder_that_is_gone_when_it_is_written_again_then_nothing_of_it_is_a_save()
      throws Exception {
    first.started().put(ONE);
    second.started();
    first.put(TWO);
    Files.delete(second.file());
    Files.delete(second.directory);
    second.follow();
    first.put(THREE);

    second.look();

    assertKept(THREE, TWO, ONE);
    second.follow().runs(THREE);
    first.follow().runs(THREE);
  }

  @Test
  void given_a_node_that_is_behind_when_it_gets_what_it_has_then_that_is_the_newest()
      throws Exception {
    first.started().put(ONE);
    second.started();
    first.put(TWO);

    second.put(ONE).follow().runs(ONE);

    first.follow().runs(ONE);
    assertKept(ONE, TWO, ONE);
    assertThat(second.files.find(FILE).loaded().version()).isEqualTo(3);
  }

  @Test
  void given_a_text_that_others_replaced_when_a_node_refuses_it_still_then_nothing_is_kept()
      throws Exception {
    first.started().put(ONE).put(TWO);

    versions.refused(Candidate.there(new RouteText(FILE, ONE)), "wrong here");
    assertKept(TWO, ONE);

    versions.refused(Candidate.there(new RouteText(FILE, TWO)), "wrong here");
    assertKept(TWO, TWO, ONE);
  }

  @Test
  void given_an_older_text_that_was_saved_again_when_it_waited_for_another_file_then_it_is_newest()
      throws Exception {
    first.started().put(ONE).put(TWO);
    RouteText older = new RouteText(FILE, ONE);
    versions.refused(Candidate.saved(older), "waits");

    assertThat(versions.applied(Candidate.there(older))).isEqualTo(4);
    assertThat(versions.applied(Candidate.there(new RouteText(FILE, TWO)))).isEqualTo(2);
  }

  private void assertKept(String... newestFirst) {
    assertThat(versions.list(FILE))
        .extracting(RouteFileVersion::content)
        .containsExactly(newestFirst);
  }

  private static String template(String word) {
    return """
    - routeTemplate:
        id: forward
        parameters:
          - name: name
        from:
          uri: timer:{{name}}?repeatCount=1
          steps:
            - to: mock:%s
    """
        .formatted(word);
  }

  private static String use(String name) {
    return """
    - templatedRoute:
        routeId: a
        routeTemplateRef: forward
        parameters:
          - name: name
            value: %s
    """
        .formatted(name);
  }
}
