/** Into Kafka, and an answer only when it is durable there. */
@NullMarked
package io.rebound.ingest.publishing;

import org.jspecify.annotations.NullMarked;
