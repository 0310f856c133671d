/**
 * Who is asking, and what they may do: accounts with a role, their passwords and tokens, and how
 * failures to sign in lock out. {@code api} asks {@link org.mqttintegration.access.SignIn} at each
 * request and holds the answer against the contract; other features ask {@link
 * org.mqttintegration.access.CurrentActor} who does something.
 */
@NullMarked
package org.mqttintegration.access;

import org.jspecify.annotations.NullMarked;
