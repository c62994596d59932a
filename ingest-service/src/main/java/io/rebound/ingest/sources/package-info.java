/** Who may send: sources, their write keys, and what a key lets in. */
@NullMarked
package io.rebound.ingest.sources;

import org.jspecify.annotations.NullMarked;
