/**
 * The application. Each package below is one feature; they stand on floors, and a package imports
 * only from floors below its own (see {@code ArchitectureTest}):
 *
 * <pre>
 * 10 console                    pages for people: asks what api offers
 * 9  api                        REST, what programs touch
 * 8  configuration              all that is configured, as one document
 * 7  routefile                  engineers' files; routefile.check: what is wrong with one
 * 6  bridge                     what routes receive and send
 *    schedule   request         signals that are sent by themselves; and with a response
 * 5  subscription   signal      what is received, what is sent on request
 * 4  send                       messages on their way, each with its outcome
 * 3  broker                     owns the wanted connections, mqtt the actual ones
 *    topic                      the topics that the history has, as a tree
 * 2  history                    knows other records by id only
 * 1  mqtt   secret   access      MQTT itself; secrets, encrypted; who is asking
 *    installation               what runs here, and with which settings
 *    node                       which of several nodes has what
 *    problem                    what can be wrong with a request
 * 0  outbound   resource        which addresses may be connected to; what operations share
 *    telemetry                  traces, for whoever collects them
 *    embedded                   aside: only the application starts it
 * </pre>
 */
@NullMarked
package org.mqttintegration;

import org.jspecify.annotations.NullMarked;
