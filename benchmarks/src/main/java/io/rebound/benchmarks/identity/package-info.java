/** What it costs to find out who did it, on graphs of growing size. */
@NullMarked
package io.rebound.benchmarks.identity;

import org.jspecify.annotations.NullMarked;
