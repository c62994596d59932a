/** Custom Audiences: who belongs there, and the changes that make it so. */
@NullMarked
package io.rebound.capisync.audiences;

import org.jspecify.annotations.NullMarked;
