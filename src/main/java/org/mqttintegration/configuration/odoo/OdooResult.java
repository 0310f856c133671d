package org.mqttintegration.configuration.odoo;

/**
 * What became of a file.
 *
 * @param model the table
 * @param dryRun whether nothing was done
 * @param rows how many rows it has
 * @param added how many records or messages are new
 * @param changed how many records were there before, and are as the file says now
 * @param alreadyImported whether the same file of messages was taken before; then nothing is done
 */
record OdooResult(
    String model, boolean dryRun, long rows, long added, long changed, boolean alreadyImported) {}
