/**
 * What the tests share: the application on real servers, REST and MQTT clients to drive it with,
 * and the one place that decides which brokers a test runs on.
 */
package org.mqttintegration.testing;
