package io.rebound.ingest.intake;

/** What a format makes of an event that it can read. */
public sealed interface Understood permits RawEvent, LeftOut {}
