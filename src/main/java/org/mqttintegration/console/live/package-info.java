/**
 * What keeps pages up to date. A page has one stream of server-sent events, which tells only what
 * changed ({@link org.mqttintegration.console.live.Part}); the page then asks for its fragments
 * again, as any reader may. So a stream holds nothing for its page but the versions it was told.
 */
@NullMarked
package org.mqttintegration.console.live;

import org.jspecify.annotations.NullMarked;
