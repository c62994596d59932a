package io.rebound.capisync.conversions;

import io.rebound.events.IdentifiedEvent;
import java.time.Instant;

/** An event with what was decided about it. */
record Conversion(IdentifiedEvent event, ConversionState state, Instant expiresAt) {}
