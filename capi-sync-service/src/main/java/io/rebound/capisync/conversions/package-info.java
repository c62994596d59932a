/** Events on their way to the Conversions API, and what became of them. */
@NullMarked
package io.rebound.capisync.conversions;

import org.jspecify.annotations.NullMarked;
