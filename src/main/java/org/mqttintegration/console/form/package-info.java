/**
 * Forms that are drawn from the contract: a field that a request may have is a field of its form,
 * with the contract's words and bounds, and what REST says of a value stands beside it.
 */
@NullMarked
package org.mqttintegration.console.form;

import org.jspecify.annotations.NullMarked;
