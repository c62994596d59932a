package io.rebound.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something a customer did, as a door accepted it: pseudonymised, sealed and validated.
 *
 * @param source the id of the source whose key was used
 * @param eventId the client's id of the event (Segment's messageId, Meta's event_id); reaches Meta
 *     unchanged
 * @param name Meta's standard name ({@code Purchase}) or a custom one
 * @param at when it happened; never after {@code receivedAt}
 * @param receivedAt when the door received it
 * @param eventSourceUrl the page, without query parameters that aren't allowed
 * @param identifiers who did it, strongest type first, at least one
 * @param matchKeys the person's match keys, sealed for capi-sync ({@link MatchKeys})
 * @param requestKeys the request's match keys (IP, user agent, fbp, fbc), sealed for capi-sync
 * @param contact phone, first name and language, sealed for whatsapp ({@link Contact})
 * @param customData Meta's custom_data under Meta's names ({@code value}, {@code currency}, {@code
 *     order_id}, {@code contents} …) and properties the source allows; numbers are BigDecimal or
 *     Integer/Long
 * @param serverFields what else Meta's server event and its request say, under Meta's names ({@code
 *     opt_out}, {@code data_processing_options} …); goes to Meta as it is
 * @param sealedFields the same of what describes the person's device or visit, sealed for capi-sync
 *     ({@link SealedFields})
 * @param claimedAt the time the client's clock said, where {@code at} is another; for audit
 * @param keptBack why it must not go to Meta whatever the person allows; null: nothing forbids it
 */
public record TrackedEvent(
    String source,
    String eventId,
    String name,
    Instant at,
    Instant receivedAt,
    ActionSource actionSource,
    @Nullable String eventSourceUrl,
    List<Identifier> identifiers,
    ConsentStatement consent,
    @Nullable Sealed matchKeys,
    @Nullable Sealed requestKeys,
    @Nullable Sealed contact,
    Map<String, Object> customData,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> serverFields,
    @Nullable Sealed sealedFields,
    @Nullable Instant claimedAt,
    @Nullable KeptBack keptBack)
    implements Message {

  public TrackedEvent {
    identifiers = List.copyOf(identifiers);
    serverFields = serverFields == null ? Map.of() : serverFields; // as it was before they came
  }

  /** One that happened when the client said so, and that says nothing else to Meta. */
  public TrackedEvent(
      String source,
      String eventId,
      String name,
      Instant at,
      Instant receivedAt,
      ActionSource actionSource,
      @Nullable String eventSourceUrl,
      List<Identifier> identifiers,
      ConsentStatement consent,
      @Nullable Sealed matchKeys,
      @Nullable Sealed requestKeys,
      @Nullable Sealed contact,
      Map<String, Object> customData) {
    this(
        source,
        eventId,
        name,
        at,
        receivedAt,
        actionSource,
        eventSourceUrl,
        identifiers,
        consent,
        matchKeys,
        requestKeys,
        contact,
        customData,
        Map.of(),
        null,
        null,
        null);
  }

  @JsonIgnore
  public EventKey key() {
    return new EventKey(source, eventId);
  }

  /**
   * History is an event that was on arrival older than Meta's limit for its action source: it
   * builds profiles and audiences and is not sent to the Conversions API.
   */
  @JsonIgnore
  public boolean isHistory() {
    return at.isBefore(receivedAt.minus(actionSource.maxAge()));
  }

  @Override
  public String ceType() {
    return "io.rebound.tracked-event.v1";
  }

  @Override
  public String ceId() {
    return key().toString();
  }

  @Override
  public Instant ceTime() {
    return at;
  }
}
