package io.rebound.ingest.intake;

import io.rebound.events.ActionSource;
import io.rebound.events.ConsentForm;
import io.rebound.events.ConsentProof;
import io.rebound.events.KeptBack;
import io.rebound.events.Purpose;
import io.rebound.matchkeys.Locality;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event in our words, as a door understood it, with the personal data still raw: it lives only
 * in memory and never leaves the intake.
 *
 * @param name Meta's standard name or a custom one
 * @param at when it happened, not after it arrived
 * @param pageUrl as it was sent
 * @param locality how to read the person's phone number and birth date
 * @param consent what the person stated with this event
 * @param customData what the door knows to be Meta's custom_data, under Meta's names
 * @param properties everything else the client sent with it; a source says what of it may pass
 * @param serverFields what else Meta is to be told with it
 * @param consentForm where {@code consent} stood
 * @param consentProof what shows that it was stated
 * @param claimedAt the time the client's clock said, where {@code at} is another
 * @param keptBack why Meta must not have it
 */
public record RawEvent(
    String eventId,
    String name,
    Instant at,
    ActionSource actionSource,
    @Nullable String pageUrl,
    List<RawIdentifier> identifiers,
    RawKeys person,
    RawKeys request,
    @Nullable RawContact contact,
    Locality locality,
    Map<Purpose, Boolean> consent,
    Map<String, Object> customData,
    Fields properties,
    ServerFields serverFields,
    @Nullable ConsentForm consentForm,
    @Nullable ConsentProof consentProof,
    @Nullable Instant claimedAt,
    @Nullable KeptBack keptBack)
    implements Understood {

  /** As doors with a {@code consent} object have it. */
  public RawEvent(
      String eventId,
      String name,
      Instant at,
      ActionSource actionSource,
      @Nullable String pageUrl,
      List<RawIdentifier> identifiers,
      RawKeys person,
      RawKeys request,
      @Nullable RawContact contact,
      Locality locality,
      Map<Purpose, Boolean> consent,
      Map<String, Object> customData,
      Fields properties,
      ServerFields serverFields,
      @Nullable ConsentProof consentProof) {
    this(
        eventId,
        name,
        at,
        actionSource,
        pageUrl,
        identifiers,
        person,
        request,
        contact,
        locality,
        consent,
        customData,
        properties,
        serverFields,
        consent.isEmpty() ? null : ConsentForm.CONSENT_OBJECT,
        consentProof,
        null,
        null);
  }

  /** Shows only what is clear behind the doors as well. */
  @Override
  public String toString() {
    return "RawEvent[" + eventId + ", " + name + "]";
  }
}
