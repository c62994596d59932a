/**
 * Into Kafka or, while it is away, past it into the spool and back; an answer only when durable.
 */
@NullMarked
package io.rebound.ingest.publishing;

import org.jspecify.annotations.NullMarked;
