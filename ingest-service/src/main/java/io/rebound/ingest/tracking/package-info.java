/** The Segment-compatible doors and what their messages mean in Meta's words. */
@NullMarked
package io.rebound.ingest.tracking;

import org.jspecify.annotations.NullMarked;
