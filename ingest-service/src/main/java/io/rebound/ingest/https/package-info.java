/** The same doors over HTTPS, at a second port. */
@NullMarked
package io.rebound.ingest.https;

import org.jspecify.annotations.NullMarked;
