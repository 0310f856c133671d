/**
 * Takes over what the Odoo module has: its tables as Odoo exports them in CSV, one file after the
 * other. Records go through the operations that REST has for them; messages go into the history
 * with their times.
 */
@NullMarked
package org.mqttintegration.configuration.odoo;

import org.jspecify.annotations.NullMarked;
