/** The keys that open ingest's ordinary controllers, their errors, and their tables at start. */
@NullMarked
package io.rebound.ingest.administration;

import org.jspecify.annotations.NullMarked;
