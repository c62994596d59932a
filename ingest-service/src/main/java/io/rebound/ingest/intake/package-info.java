/**
 * What every door does with an event: validate, hash, pseudonymise, seal, publish or quarantine.
 */
@NullMarked
package io.rebound.ingest.intake;

import org.jspecify.annotations.NullMarked;
