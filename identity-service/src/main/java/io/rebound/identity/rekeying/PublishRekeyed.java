package io.rebound.identity.rekeying;

import static java.util.stream.Collectors.toSet;

import io.rebound.consumption.Publisher;
import io.rebound.events.ActionSource;
import io.rebound.events.ConsentStatement;
import io.rebound.events.Consents;
import io.rebound.events.KeptBack;
import io.rebound.events.Purpose;
import io.rebound.events.Topics;
import io.rebound.events.TrackedEvent;
import io.rebound.identity.consents.ConsentRegistry;
import io.rebound.problems.InvalidRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells of new pseudonyms and seals by the way everything is told: as events that link the old with
 * the new, so that whatever happens at the same time, and a restore, end in the same.
 */
@Component
class PublishRekeyed {
  private static final String NAME = "Rekeyed";
  private static final Pattern EVENT_ID = Pattern.compile("rekey-[0-9a-f]{32}");
  private static final int MOST_IDENTIFIERS = 200;
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final Publisher publisher;
  private final ConsentRegistry consents;
  private final Clock clock;

  PublishRekeyed(Publisher publisher, ConsentRegistry consents, Clock clock) {
    this.publisher = publisher;
    this.consents = consents;
    this.clock = clock;
  }

  /**
   * @throws InvalidRequest naming the field that can't be
   */
  void check(List<RekeyedEnvelope> envelopes) {
    Instant latest = clock.instant().plus(SKEW);
    for (RekeyedEnvelope one : envelopes) {
      require(
          EVENT_ID.matcher(one.eventId()).matches(), "event_id", "must be rekey- and 32 digits");
      require(!one.at().isAfter(latest), "at", "must not lie in the future");
      require(
          !one.identifiers().isEmpty() && one.identifiers().size() <= MOST_IDENTIFIERS,
          "identifiers",
          "must be 1 to " + MOST_IDENTIFIERS);
      require(
          one.identifiers().stream().allMatch(identifier -> identifier.type().strong()),
          "identifiers",
          "must be of a person, not of a device");
    }
  }

  private static void require(boolean holds, String field, String reason) {
    if (!holds) {
      throw new InvalidRequest(field, reason);
    }
  }

  /** Returns when Kafka has them all. */
  void publish(List<RekeyedEnvelope> envelopes) {
    Map<UUID, Consents> known =
        consents.effective(envelopes.stream().map(RekeyedEnvelope::personId).collect(toSet()));
    Instant now = clock.instant();
    CompletableFuture.allOf(
            envelopes.stream()
                .map(one -> event(one, known.get(one.personId()), now))
                .map(event ->
                    publisher.publish(
                        Topics.EVENTS, event.identifiers().getFirst().pseudonym(), event))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private static TrackedEvent event(
      RekeyedEnvelope one, @Nullable Consents consents, Instant receivedAt) {
    return new TrackedEvent(
        RekeyedEnvelope.SOURCE,
        one.eventId(),
        NAME,
        one.at().isAfter(receivedAt) ? receivedAt : one.at(),
        receivedAt,
        ActionSource.SYSTEM_GENERATED,
        null,
        one.identifiers(),
        new ConsentStatement(Map.of(), assumed(consents)),
        one.matchKeys(),
        null,
        one.contact(),
        Map.of(),
        Map.of(),
        null,
        null,
        KeptBack.STATEMENT);
  }

  /** It states nothing and assumes what is assumed: nobody's consent changes by it. */
  private static Map<Purpose, Boolean> assumed(@Nullable Consents consents) {
    return consents == null || consents.revision() > 0
        ? Map.of()
        : Map.of(
            Purpose.ADS, consents.ads(),
            Purpose.PROFILING, consents.profiling(),
            Purpose.MESSAGING, consents.messaging());
  }
}
