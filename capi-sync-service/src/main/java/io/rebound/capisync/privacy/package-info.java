/** Answers persons who ask for what this service holds of them, or for its erasure. */
@NullMarked
package io.rebound.capisync.privacy;

import org.jspecify.annotations.NullMarked;
