/** Who did what to whose data on what ground: one append-only, hash-chained log per service. */
@NullMarked
package io.rebound.audit;

import org.jspecify.annotations.NullMarked;
