package org.mqttintegration.routefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.mqttintegration.routefile.RouteFileService.Expected;
import org.mqttintegration.routefile.check.RouteFileSettings;
import org.mqttintegration.routefile.check.RouteText;
import org.mqttintegration.routefile.check.SettingsOfTests;

/** A node with one route file, whose folder is a copy of what the database has. */
final class FolderOfNode {

  static final String FILE = "a.camel.yaml";

  final Path directory;
  final DefaultCamelContext camel = new DefaultCamelContext();
  final RouteFiles files;
  final RouteFileCopies copies;
  final RouteFileWatch watch;
  final RouteFileService service;

  FolderOfNode(Path directory, RouteFileVersions versions) {
    this.directory = directory;
    RouteFileSettings settings =
        SettingsOfTests.of(
            Map.of(
                "directory",
                directory.toString(),
                "secrets",
                directory.resolve("secrets").toString(),
                "source",
                "database",
                "watch",
                "false")); // the looks are asked for
    camel.start();
    files = RouteFilesOfTests.in(camel, settings, versions);
    RouteFolder folder = new RouteFolder(settings);
    copies = new RouteFileCopies(folder, files, versions, settings);
    watch = new RouteFileWatch(folder, files, copies, settings);
    service = new RouteFileService(files, folder, copies, versions, mock(RouteViews.class));
  }

  FolderOfNode started() {
    watch.start();
    return this;
  }

  void stop() {
    copies.stop();
    camel.stop();
  }

  Path file() {
    return directory.resolve(FILE);
  }

  String text() throws IOException {
    return Files.readString(file());
  }

  /** As an editor does it. */
  FolderOfNode save(String text) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(file(), text);
    return this;
  }

  FolderOfNode put(String text) {
    return put(FILE, text);
  }

  FolderOfNode put(String name, String text) {
    service.put(new RouteText(name, text), new Expected(null, null));
    return this;
  }

  FolderOfNode delete() {
    service.delete(FILE, new Expected(null, null));
    return this;
  }

  /** Has something happen once, while this node swaps routes: before it has kept anything of it. */
  FolderOfNode meanwhile(Runnable event) {
    camel.addLifecycleStrategy(
        new LifecycleStrategySupport() {
          private boolean happened;

          @Override
          public void onRoutesAdd(Collection<Route> routes) {
            happen();
          }

          @Override
          public void onRoutesRemove(Collection<Route> routes) {
            happen();
          }

          private void happen() {
            if (!happened) {
              happened = true;
              event.run();
            }
          }
        });
    return this;
  }

  FolderOfNode look() {
    watch.look();
    watch.look();
    return this;
  }

  FolderOfNode follow() {
    copies.follow();
    return this;
  }

  /** Whether it runs the route that ends there, and has no other file. */
  void runs(String text) throws IOException {
    assertThat(text()).isEqualTo(text);
    assertThat(files.find(FILE).loaded().file().text()).isEqualTo(text);
    assertThat(camel.getRoute("a")).isNotNull();
  }

  void runsNothing() {
    assertThat(files.all()).isEmpty();
    assertThat(camel.getRoutes()).isEmpty();
  }
}
