package io.rebound.identity.consents;

import io.rebound.events.EventKey;
import io.rebound.events.Purpose;
import java.time.Instant;
import java.util.UUID;

/**
 * What was stated on one purpose, by whom, with which event.
 *
 * @param subject an identifier, or a person
 */
record Statement(UUID subject, Purpose purpose, boolean value, Instant at, EventKey proof) {}
