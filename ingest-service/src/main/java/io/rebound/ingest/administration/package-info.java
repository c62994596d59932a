/** The keys that open ingest's ordinary controllers, and their errors. */
@NullMarked
package io.rebound.ingest.administration;

import org.jspecify.annotations.NullMarked;
