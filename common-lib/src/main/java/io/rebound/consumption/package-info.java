/**
 * Transactional consumption: batch in, state and messages out, and the position in the same
 * database transaction.
 */
@NullMarked
package io.rebound.consumption;

import org.jspecify.annotations.NullMarked;
