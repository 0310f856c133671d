package org.mqttintegration.routefile;

/**
 * An application event: a file was applied, refused or deleted, or a route was started or stopped.
 *
 * @param file the file
 */
public record RouteFilesChanged(String file) {}
