/**
 * HTTP below the framework: bodies with a hard limit, cross-origin headers, answers, the second
 * server for HTTPS.
 */
@NullMarked
package io.rebound.ingest.doors;

import org.jspecify.annotations.NullMarked;
