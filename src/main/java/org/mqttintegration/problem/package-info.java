/**
 * What can be wrong with a request, said in the terms of RFC 9457: features throw a {@link
 * org.mqttintegration.problem.ProblemException}, {@code api} turns it into an answer.
 */
@NullMarked
package org.mqttintegration.problem;

import org.jspecify.annotations.NullMarked;
