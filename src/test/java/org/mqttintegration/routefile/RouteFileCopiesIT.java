package org.mqttintegration.routefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mqttintegration.routefile.FolderOfNode.FILE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mqttintegration.node.Notice;
import org.mqttintegration.node.Notices;
import org.mqttintegration.routefile.RouteFileService.Expected;
import org.mqttintegration.routefile.check.FilesOfTests;

/** Nodes with a folder each over one database. Each look is asked for, but where time is meant. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteFileCopiesIT {

  private static final String ONE = FilesOfTests.step("to: mock:one");
  private static final String TWO = FilesOfTests.step("to: mock:two");
  private static final String WRONG = FilesOfTests.step("lgo: wrong");

  private VersionsOfTests stored;
  private RouteFileVersions versions;

  @TempDir Path folders;

  private FolderOfNode first;
  private FolderOfNode second;

  @BeforeAll
  void startPostgres() throws Exception {
    stored = new VersionsOfTests(RouteFileCopiesIT.class);
    versions = stored.versions;
  }

  @AfterAll
  void stopPostgres() throws Exception {
    stored.close();
  }

  @BeforeEach
  void nodes() {
    stored.clear();
    first = node("first");
    second = node("second");
  }

  private FolderOfNode node(String name) {
    return new FolderOfNode(folders.resolve(name), versions);
  }

  @AfterEach
  void stopNodes() {
    first.stop();
    second.stop();
  }

  @Test
  void given_a_file_that_one_node_got_over_rest_when_the_others_follow_then_they_run_it()
      throws Exception {
    first.started().put(ONE);
    second.started().runs(ONE);

    first.put(TWO);
    second.follow().runs(TWO);

    second.put(ONE);
    first.follow().runs(ONE);
    assertThat(versions.list(FILE)).hasSize(3);
  }

  @Test
  void given_a_file_that_is_saved_in_one_folder_when_the_others_follow_then_they_run_it()
      throws Exception {
    first.started().save(ONE);
    second.started();

    first.look().runs(ONE);
    second.follow().runs(ONE);

    second.save(TWO).look();
    first.follow().runs(TWO);
    second.look().follow().runs(TWO);
    assertThat(versions.list(FILE)).hasSize(2);
  }

  @Test
  void given_a_file_when_it_is_deleted_on_one_node_then_it_goes_on_all() throws Exception {
    first.started().put(ONE);
    second.started();

    Files.delete(second.file());
    second.look().runsNothing();
    first.follow().look().runsNothing();

    first.put(ONE);
    second.follow().runs(ONE);
    assertThat(versions.list(FILE))
        .extracting(RouteFileVersion::status)
        .containsExactly("applied", "deleted", "applied");
  }

  @Test
  void given_a_wrong_file_when_it_is_saved_on_one_node_then_it_stays_there_and_the_old_one_runs()
      throws Exception {
    first.started().put(ONE);
    second.started().save(WRONG).look();

    first.follow().runs(ONE);
    second.follow();
    assertThat(second.text()).isEqualTo(WRONG);
    assertThat(second.files.find(FILE).loaded().file().text()).isEqualTo(ONE);

    first.put(TWO);
    second.follow().runs(TWO);
  }

  @Test
  void given_a_file_that_was_just_saved_when_another_node_changes_it_then_neither_is_lost()
      throws Exception {
    first.started().put(ONE);
    second.started();

    String mine = FilesOfTests.step("to: mock:mine");
    second.save(mine);
    first.put(TWO);
    second.follow();
    assertThat(second.text()).isEqualTo(mine);

    second.look().follow().runs(mine);
    first.follow().runs(mine);
    assertThat(versions.list(FILE))
        .extracting(RouteFileVersion::content)
        .containsExactly(mine, TWO, ONE);
  }

  @Test
  void given_a_node_that_was_stopped_when_files_changed_meanwhile_then_it_starts_with_the_newest()
      throws Exception {
    second.save(ONE).started();
    second.stop();
    first.started().put(TWO);

    second = node("second").started();

    second.runs(TWO);
    assertThat(versions.list(FILE)).hasSize(2);
  }

  @Test
  void given_a_node_that_was_stopped_when_a_file_was_deleted_meanwhile_then_it_does_not_come_back()
      throws Exception {
    second.save(ONE).started();
    second.stop();
    first.started();
    first.service.delete(FILE, new Expected(null, null));

    second = node("second").started();

    second.runsNothing();
    assertThat(second.file()).doesNotExist();
    first.follow().runsNothing();
  }

  @Test
  void given_a_node_that_was_stopped_when_its_file_is_edited_meanwhile_then_all_get_that()
      throws Exception {
    first.started().put(ONE);
    second.started().stop();
    second.save(TWO);

    second = node("second").started();

    second.runs(TWO);
    first.follow().runs(TWO);
  }

  @Test
  void given_a_folder_of_long_ago_when_its_versions_are_kept_no_more_then_the_newest_runs()
      throws Exception {
    second.save(FilesOfTests.step("to: mock:forgotten"));
    Files.setLastModifiedTime(
        second.file(), FileTime.from(Instant.now().minus(90, ChronoUnit.DAYS)));
    first.started().put(ONE);

    second.started().runs(ONE);
  }

  @Test
  void given_a_folder_that_is_gone_as_a_whole_when_followed_then_it_is_written_again_and_all_runs()
      throws Exception {
    first.started().put(ONE);
    second.started();
    Files.delete(second.file());
    Files.delete(second.directory);

    second.look().follow().look();

    second.runs(ONE);
    first.follow().runs(ONE);
  }

  @Test
  void
      given_a_file_that_was_deleted_while_the_database_was_away_when_it_is_back_then_it_goes_on_all()
          throws Exception {
    first.started().put(ONE);
    second.started();
    stored.database.sql("alter table route_file_version rename to away").update();
    Files.delete(second.file());
    second.look().follow().runsNothing();
    stored.database.sql("alter table away rename to route_file_version").update();

    second.follow();

    first.follow().runsNothing();
  }

  @Test
  void given_a_file_that_was_saved_while_the_database_was_away_when_it_is_back_then_all_get_it()
      throws Exception {
    first.started().put(ONE);
    second.started();
    stored.database.sql("alter table route_file_version rename to away").update();
    second.save(TWO).look().follow().runs(TWO);
    stored.database.sql("alter table away rename to route_file_version").update();

    second.files.keepVersions();
    second.follow().runs(TWO);

    assertThat(second.files.find(FILE).loaded().version()).isEqualTo(2);
    first.follow().runs(TWO);
  }

  @Test
  void given_a_notice_when_it_tells_of_a_file_then_the_node_follows_soon() throws Exception {
    first.started();
    second.started();
    first.put(ONE);

    second.copies.on(new Notice(Notices.ROUTE_FILE, FILE));

    await().ignoreExceptions().untilAsserted(() -> second.runs(ONE));
  }
}
