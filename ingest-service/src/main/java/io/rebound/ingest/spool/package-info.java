/** Where events wait on disk while Kafka is away. */
@NullMarked
package io.rebound.ingest.spool;

import org.jspecify.annotations.NullMarked;
