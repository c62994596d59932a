/** HTTP below the framework: bodies with a hard limit, forms, cross-origin headers, answers. */
@NullMarked
package io.rebound.ingest.doors;

import org.jspecify.annotations.NullMarked;
