/** The first page: how things stand, by itself up to date. */
@NullMarked
package org.mqttintegration.console.overview;

import org.jspecify.annotations.NullMarked;
