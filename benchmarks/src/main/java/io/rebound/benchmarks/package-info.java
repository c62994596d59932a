/**
 * {@code ./rebound bench}: what the platform does a second and what each step costs, beside floors.
 */
@NullMarked
package io.rebound.benchmarks;

import org.jspecify.annotations.NullMarked;
