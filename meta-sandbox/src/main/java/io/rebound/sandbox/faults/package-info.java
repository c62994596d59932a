/** Failures on demand. */
@NullMarked
package io.rebound.sandbox.faults;

import org.jspecify.annotations.NullMarked;
