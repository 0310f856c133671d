/**
 * The benchmark: measures the packaged application from outside, as a process of its own, beside
 * mosquitto and PostgreSQL, and writes {@code src/docs/benchmark.md}.
 *
 * <p>{@link org.mqttintegration.bench.Benchmark} runs the {@link org.mqttintegration.bench.Part
 * parts} one after the other in a {@link org.mqttintegration.bench.Laboratory}, which has one
 * PostgreSQL and one broker for all of them and ends every process that it started. Nothing here
 * asserts a time.
 */
package org.mqttintegration.bench;
