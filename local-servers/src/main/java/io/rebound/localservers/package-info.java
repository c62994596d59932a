/**
 * Real Kafka and PostgreSQL on this machine: servers that keep their data for the quickstart,
 * servers that don't for tests.
 */
@NullMarked
package io.rebound.localservers;

import org.jspecify.annotations.NullMarked;
