/**
 * What the resources of the REST API share: pages, sorting and filters, JSON Merge Patch, the
 * validation of requests, and writing rows whose constraints speak to the caller.
 */
@NullMarked
package org.mqttintegration.resource;

import org.jspecify.annotations.NullMarked;
