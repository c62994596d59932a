/** What the front doors cost beside a bare server and Kafka's own producer, all in one run. */
@NullMarked
package io.rebound.benchmarks.doors;

import org.jspecify.annotations.NullMarked;
