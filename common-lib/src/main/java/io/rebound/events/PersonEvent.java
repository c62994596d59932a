package io.rebound.events;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * Everything that happens to a person, keyed by the person: what they did, what they allowed, and
 * how identity came to see that two persons are one or that an event is somebody else's.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = IdentifiedEvent.class, name = "identified-event"),
  @JsonSubTypes.Type(value = ConsentChanged.class, name = "consent-changed"),
  @JsonSubTypes.Type(value = PersonsMerged.class, name = "persons-merged"),
  @JsonSubTypes.Type(value = PersonSplit.class, name = "person-split"),
  @JsonSubTypes.Type(value = EventMoved.class, name = "event-moved")
})
public sealed interface PersonEvent extends Message
    permits IdentifiedEvent, ConsentChanged, PersonsMerged, PersonSplit, EventMoved {}
