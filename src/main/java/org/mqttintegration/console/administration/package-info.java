/**
 * Who may do what, what was done, and how this installation is set: pages for administrators, and
 * for everybody the own account, the roles and what runs here.
 */
@NullMarked
package org.mqttintegration.console.administration;

import org.jspecify.annotations.NullMarked;
