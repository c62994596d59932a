/** Events refused for their content, kept encrypted with the reason. */
@NullMarked
package io.rebound.ingest.quarantine;

import org.jspecify.annotations.NullMarked;
