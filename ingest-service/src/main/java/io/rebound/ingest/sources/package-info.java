/** Who may send: sources, their write keys and what they have agreed with us. */
@NullMarked
package io.rebound.ingest.sources;

import org.jspecify.annotations.NullMarked;
