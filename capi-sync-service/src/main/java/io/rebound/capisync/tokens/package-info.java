/** Access tokens for Meta that are put while the service runs. */
@NullMarked
package io.rebound.capisync.tokens;

import org.jspecify.annotations.NullMarked;
