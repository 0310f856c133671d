package org.mqttintegration.access;

import java.util.List;

/**
 * The tokens of an account.
 *
 * @param items all of them
 */
record TokenList(List<Token> items) {}
