/** Metric names and tags all services share. */
@NullMarked
package io.rebound.observability;

import org.jspecify.annotations.NullMarked;
