/**
 * REST, contract first: {@code openapi.yaml} says what can be asked for, each operation goes to
 * {@code direct:<operationId>} of the feature that serves it, and whatever goes wrong on the way is
 * answered as problem details (RFC 9457). Also the contract to read and to try, and its operations
 * for the console ({@link org.mqttintegration.api.Operations}).
 *
 * <p>A request passes the size limit ({@link org.mqttintegration.api.BodyLimit}), the check of
 * path, method and media type ({@link org.mqttintegration.api.RequestGate}), that of packed bodies
 * ({@link org.mqttintegration.api.PackedBodyGate}), the header filter ({@link
 * org.mqttintegration.api.HeaderAllowList}), the contract ({@link
 * org.mqttintegration.api.ContractValidator}) and then the feature's route.
 */
@NullMarked
package org.mqttintegration.api;

import org.jspecify.annotations.NullMarked;
