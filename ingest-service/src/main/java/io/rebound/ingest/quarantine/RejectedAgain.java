package io.rebound.ingest.quarantine;

/** Why an event is refused also by the rules of today. */
public record RejectedAgain(String field, String reason) {}
