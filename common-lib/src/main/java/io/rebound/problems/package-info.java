/** Errors at the doors as RFC 9457 problem details that name the field. */
@NullMarked
package io.rebound.problems;

import org.jspecify.annotations.NullMarked;
