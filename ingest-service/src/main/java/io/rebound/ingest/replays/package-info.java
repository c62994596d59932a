/** Rejected events, tried again by the rules of today. */
@NullMarked
package io.rebound.ingest.replays;

import org.jspecify.annotations.NullMarked;
