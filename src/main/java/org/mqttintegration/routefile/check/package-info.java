/**
 * What is wrong with a route file, by what it says: YAML, Camel's schema and catalog, the
 * application's rules, and the strict mode. Nothing of a file runs here.
 */
@NullMarked
package org.mqttintegration.routefile.check;

import org.jspecify.annotations.NullMarked;
