package org.mqttintegration.installation;

import java.util.List;
import org.mqttintegration.resource.ResourceRoutes;
import org.springframework.stereotype.Component;

/** The operations on the installation over REST. */
@Component
class InstallationRoutes extends ResourceRoutes {

  private final SettingsInForce settings;
  private final Installation installation;

  InstallationRoutes(SettingsInForce settings, Installation installation) {
    this.settings = settings;
    this.installation = installation;
  }

  /** The answer to listing. */
  record SettingList(List<Setting> items) {}

  @Override
  public void configure() {
    answer(
        operation("listSettings", "Lists the settings in force"),
        e -> new SettingList(settings.list()));
    answer(operation("getAbout", "Tells what runs here"), e -> installation.about());
  }
}
