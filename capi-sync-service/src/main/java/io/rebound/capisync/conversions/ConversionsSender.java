package io.rebound.capisync.conversions;

import io.rebound.capisync.CapiSyncProperties;
import io.rebound.capisync.conversions.ConversionQueue.Claimed;
import io.rebound.capisync.conversions.ServerEvents.ServerEvent;
import io.rebound.capisync.disclosures.Disclosures;
import io.rebound.capisync.disclosures.Disclosures.EventsRequest;
import io.rebound.capisync.people.People;
import io.rebound.capisync.people.PersonNow;
import io.rebound.events.EventKey;
import io.rebound.events.SealedWithEvent;
import io.rebound.meta.Backoff;
import io.rebound.meta.ConversionsApi;
import io.rebound.meta.ConversionsApi.EventsReceived;
import io.rebound.meta.GraphError;
import io.rebound.meta.GraphOutcome;
import io.rebound.meta.GraphOutcome.Done;
import io.rebound.meta.GraphOutcome.Refused;
import io.rebound.meta.GraphOutcome.RetryLater;
import io.rebound.meta.GraphOutcome.Setup;
import io.rebound.meta.GraphOutcome.Throttled;
import io.rebound.meta.GraphOutcome.Unknown;
import io.rebound.sealing.UnknownSealingKey;
import io.rebound.sealing.UnreadableSeal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Claims a batch, opens the seals, calls Meta, settles. At least once with a stable {@code
 * event_id}, for which Meta counts one. Meta refuses a whole request for one bad event, so a
 * refused batch is halved until the bad one stands alone. Consent is decided here, right before the
 * disclosure.
 */
@Component
class ConversionsSender {
  // the client paces calls as a whole; this only keeps what fails by itself out of the others' way
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));
  private static final Duration KEY_COMES_IN = Duration.ofSeconds(10);

  private final ConversionQueue queue;
  private final People people;
  private final ServerEvents serverEvents;
  private final ConversionsApi meta;
  private final Disclosures disclosures;
  private final ConversionsProperties properties;
  private final String dataset;
  private final DeliveryMeters meters;
  private final Clock clock;

  ConversionsSender(
      ConversionQueue queue,
      People people,
      ServerEvents serverEvents,
      ConversionsApi meta,
      Disclosures disclosures,
      ConversionsProperties properties,
      CapiSyncProperties target,
      DeliveryMeters meters,
      Clock clock) {
    this.queue = queue;
    this.people = people;
    this.serverEvents = serverEvents;
    this.meta = meta;
    this.disclosures = disclosures;
    this.properties = properties;
    this.dataset = target.dataset();
    this.meters = meters;
    this.clock = clock;
  }

  /** An event as it goes to Meta. */
  private record Ready(Claimed claimed, ServerEvent event) {
    Map<String, Object> requestParameters() {
      return ServerEvents.requestParameters(claimed.event().event());
    }
  }

  /** Sends what is due, at most one batch; returns how many events it took on. */
  int sendSome() {
    if (!meta.ready(dataset)) {
      return 0; // it waits where it is, untried
    }
    String claim = UUID.randomUUID().toString();
    Instant now = clock.instant();
    List<Claimed> claimed = queue.claim(claim, properties.batchSize(), properties.lease(), now);
    if (claimed.isEmpty()) {
      return 0;
    }
    List<Ready> ready = prepared(claim, claimed, now);
    sendEach(
        claim, ready.stream().collect(Collectors.groupingBy(Ready::requestParameters)).values());
    return claimed.size();
  }

  /** Usually one: events that differ in what their request has to say can't share it. */
  private void sendEach(String claim, Collection<List<Ready>> requests) {
    for (List<Ready> request : requests) {
      // many take their time, and what the claim has lost others send
      if (requests.size() == 1
          || queue.extend(claim, keys(request), clock.instant().plus(properties.lease()))) {
        send(claim, request);
      }
    }
  }

  /** Those that may go; the others are settled here. */
  private List<Ready> prepared(String claim, List<Claimed> claimed, Instant now) {
    Set<UUID> persons = claimed.stream().map(Claimed::person).collect(Collectors.toSet());
    Map<UUID, PersonNow> known = people.now(persons);
    Map<UUID, List<SealedWithEvent>> profiles =
        people.matchKeys(known.values().stream().map(PersonNow::survivor).toList());
    var ready = new ArrayList<Ready>(claimed.size());
    var expired = new ArrayList<EventKey>();
    var withheld = new ArrayList<Claimed>();
    for (Claimed one : claimed) {
      PersonNow person = known.get(one.person());
      if (!one.expiresAt().isAfter(now)) {
        expired.add(one.key());
      } else if (person == null || !person.allowsAds(one.consents())) {
        withheld.add(one);
      } else {
        List<SealedWithEvent> profile =
            person.allowsCompletion()
                ? profiles.getOrDefault(person.survivor(), List.of())
                : List.of();
        prepare(claim, one, profile, ready, now);
      }
    }
    settle(claim, expired, ConversionState.EXPIRED, ConversionState.EXPIRED.reason(), now);
    if (!withheld.isEmpty()) {
      queue.withhold(claim, withheld, now);
      meters.settled(ConversionState.WITHHELD, withheld.size());
    }
    return ready;
  }

  private void prepare(
      String claim, Claimed one, List<SealedWithEvent> profile, List<Ready> ready, Instant now) {
    try {
      serverEvents
          .of(one.event().event(), profile)
          .ifPresentOrElse(
              event -> ready.add(new Ready(one, event)),
              () ->
                  settle(
                      claim,
                      List.of(one.key()),
                      ConversionState.REFUSED,
                      "no match keys that Meta accepts",
                      now));
    } catch (UnknownSealingKey e) { // perhaps it comes still; if not, the event expires
      String reason = String.valueOf(e.getMessage());
      queue.giveBack(claim, List.of(one.key()), reason, null, now.plus(KEY_COMES_IN));
      meters.postponed("sealing_key", 1);
    } catch (UnreadableSeal e) {
      settle(claim, List.of(one.key()), ConversionState.REFUSED, e.getMessage(), now);
    }
  }

  private void settle(
      String claim,
      List<EventKey> keys,
      ConversionState state,
      @Nullable String reason,
      Instant now) {
    if (!keys.isEmpty()) {
      queue.settle(claim, keys, state, reason, null, now);
      meters.settled(state, keys.size());
    }
  }

  private void send(String claim, List<Ready> ready) {
    List<EventKey> keys = keys(ready);
    GraphOutcome<EventsReceived> outcome =
        meta.send(
            dataset,
            ready.stream().map(one -> one.event().json()).toList(),
            ready.getFirst().requestParameters());
    Instant now = clock.instant();
    switch (outcome) {
      case Done<EventsReceived>(var received) -> {
        long batch = noted(now, keys, outcome.label(), 0, 0, received.fbtraceId());
        queue.delivered(claim, matchKeys(ready), batch, now);
        ready.forEach(one -> meters.delivered(one.claimed().event().event().receivedAt(), now));
      }
      case Refused<EventsReceived>(var error) -> refused(claim, ready, keys, error, now);
      case RetryLater<EventsReceived>(var pause, var error) ->
          giveBack(
              claim,
              keys,
              outcome,
              error,
              now.plus(outcome.wasSent() ? longer(pause, ready) : pause));
      case Throttled<EventsReceived>(var until, var error) ->
          giveBack(claim, keys, outcome, error, until);
      // due at once: nothing is claimed before the client lets a call through
      case Setup<EventsReceived>(_, _, var error) -> giveBack(claim, keys, outcome, error, now);
      case Unknown<EventsReceived> _ ->
          giveBack(claim, keys, outcome, null, now.plus(longer(Duration.ZERO, ready)));
    }
  }

  private void refused(
      String claim, List<Ready> ready, List<EventKey> keys, GraphError error, Instant now) {
    long batch = noted(now, keys, "refused", error.code(), error.subcode(), error.fbtraceId());
    if (ready.size() == 1) {
      queue.settle(claim, keys, ConversionState.REFUSED, error.summary(), batch, now);
      meters.settled(ConversionState.REFUSED, 1);
      return;
    }
    if (!queue.extend(claim, keys, now.plus(properties.lease()))) {
      return; // we were too slow: others have some of them
    }
    int half = ready.size() / 2;
    send(claim, ready.subList(0, half));
    send(claim, ready.subList(half, ready.size()));
  }

  private static Map<EventKey, String> matchKeys(List<Ready> ready) {
    return ready.stream()
        .collect(
            Collectors.toMap(
                one -> one.claimed().key(), one -> String.join(",", one.event().matchKeys())));
  }

  private long noted(
      Instant at,
      List<EventKey> keys,
      String outcome,
      int code,
      int subcode,
      @Nullable String fbtraceId) {
    return disclosures.ofEvents(
        new EventsRequest(at, dataset, keys.size(), outcome, code, subcode, fbtraceId));
  }

  private static List<EventKey> keys(List<Ready> ready) {
    return ready.stream().map(one -> one.claimed().key()).toList();
  }

  private static Duration longer(Duration least, List<Ready> ready) {
    int before = ready.stream().mapToInt(one -> one.claimed().requests()).min().orElse(0);
    Duration backoff = BACKOFF.pause(before + 1);
    return backoff.compareTo(least) > 0 ? backoff : least;
  }

  private void giveBack(
      String claim,
      List<EventKey> keys,
      GraphOutcome<EventsReceived> outcome,
      @Nullable GraphError error,
      Instant dueAt) {
    Long batch =
        outcome.wasSent()
            ? noted(
                clock.instant(),
                keys,
                outcome.label(),
                error == null ? 0 : error.code(),
                error == null ? 0 : error.subcode(),
                error == null ? null : error.fbtraceId())
            : null;
    String reason = error == null ? "no answer from Meta" : error.summary();
    queue.giveBack(claim, keys, reason, batch, dueAt);
    meters.postponed(outcome.label(), keys.size());
  }
}
