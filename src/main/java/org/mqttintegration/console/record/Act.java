package org.mqttintegration.console.record;

/**
 * Something that is done to a record with one click.
 *
 * @param path what follows the record's path
 * @param label on its button
 * @param operation the contract's
 * @param done what to say when it is done
 */
record Act(String path, String label, String operation, String done) {}
