package io.rebound.segmentation;

import io.rebound.events.ActionSource;
import io.rebound.events.ConsentChanged;
import io.rebound.events.ConsentStatement;
import io.rebound.events.Consents;
import io.rebound.events.EventMoved;
import io.rebound.events.IdentifiedEvent;
import io.rebound.events.PersonSplit;
import io.rebound.events.PersonsMerged;
import io.rebound.events.TrackedEvent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Messages for tests, in words. */
public final class Events {
  public static final Consents ASSUMED = new Consents(true, true, true, 0);

  private Events() {}

  public static UUID person(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  public static IdentifiedEvent did(UUID person, String event, String id, Instant at) {
    return did(person, 1, ASSUMED, event, id, at, Map.of());
  }

  public static IdentifiedEvent bought(UUID person, String order, String value, Instant at) {
    return did(
        person,
        1,
        ASSUMED,
        "Purchase",
        "purchase-" + order,
        at,
        Map.of("value", new BigDecimal(value), "currency", "USD", "order_id", order));
  }

  public static IdentifiedEvent did(
      UUID person,
      long revision,
      Consents consents,
      String event,
      String id,
      Instant at,
      Map<String, Object> data) {
    return new IdentifiedEvent(
        person,
        revision,
        consents,
        new TrackedEvent(
            "shop",
            id,
            event,
            at,
            at,
            ActionSource.WEBSITE,
            null,
            List.of(),
            ConsentStatement.none(),
            null,
            null,
            null,
            data));
  }

  public static PersonsMerged merged(UUID absorbed, UUID survivor) {
    return merged(absorbed, survivor, 1);
  }

  public static PersonsMerged merged(UUID absorbed, UUID survivor, long revision) {
    return new PersonsMerged(absorbed, survivor, revision, Instant.EPOCH);
  }

  public static PersonSplit split(UUID person, UUID from, long revision) {
    return new PersonSplit(person, from, revision, Instant.EPOCH);
  }

  public static EventMoved moved(String id, UUID from, UUID to, long revision) {
    return new EventMoved("shop", id, from, to, revision, Instant.EPOCH);
  }

  public static ConsentChanged stated(UUID person, boolean profiling, long revision) {
    return new ConsentChanged(person, new Consents(true, profiling, true, revision), Instant.EPOCH);
  }
}
