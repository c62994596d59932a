/** Events from files: read while they come in, kept batch by batch, gone on with after a break. */
@NullMarked
package io.rebound.ingest.imports;

import org.jspecify.annotations.NullMarked;
