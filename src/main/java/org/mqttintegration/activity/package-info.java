/**
 * Each record's own story: what was changed of it, what the system did, and what people wrote, in
 * one table that is only appended to. Followers are told of it, and activities are what somebody is
 * to do. It knows records by their kind and id only.
 */
@NullMarked
package org.mqttintegration.activity;

import org.jspecify.annotations.NullMarked;
