/** How a service answers persons who ask for a copy or the erasure of their data. */
@NullMarked
package io.rebound.privacy;

import org.jspecify.annotations.NullMarked;
