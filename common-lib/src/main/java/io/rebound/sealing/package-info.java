/** Sealed envelopes: personal data that one service alone can open. */
@NullMarked
package io.rebound.sealing;

import org.jspecify.annotations.NullMarked;
