package io.rebound.events;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.UUID;

/** What persons ask for, on its way from the door to identity and from there to every service. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "message")
@JsonSubTypes({
  @JsonSubTypes.Type(value = PrivacyRequested.class, name = "privacy-requested"),
  @JsonSubTypes.Type(value = PrivacyOrder.class, name = "privacy-order")
})
public sealed interface PrivacyMessage extends Message permits PrivacyRequested, PrivacyOrder {
  UUID requestId();
}
