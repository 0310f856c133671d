package org.mqttintegration.routefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.routefile.RouteFileService.Expected;
import org.mqttintegration.routefile.check.RouteText;

/** Route files that come from a folder which is mounted for reading alone. */
class ReadOnlyFolderTest {

  private final RouteFiles files = mock(RouteFiles.class);
  private final RouteFolder folder = mock(RouteFolder.class);
  private final RouteFileService service =
      new RouteFileService(
          files,
          folder,
          mock(RouteFileCopies.class),
          mock(RouteFileVersions.class),
          mock(RouteViews.class));

  @BeforeEach
  void aReadOnlyFolder() {
    when(folder.isReadOnly()).thenReturn(true);
    when(files.alone(any())).thenAnswer(call -> call.<Supplier<?>>getArgument(0).get());
  }

  @Test
  void given_a_folder_that_takes_no_changes_when_a_file_is_put_then_it_is_refused_and_nothing_runs()
      throws Exception {
    RouteText file = new RouteText("a.camel.yaml", "");

    assertThatThrownBy(() -> service.put(file, new Expected(null, null)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.FORBIDDEN));
    verify(files, never()).put(any(), any());
    verify(folder, never()).write(any());
  }
}
