package io.rebound.benchmarks.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.events.ActionSource;
import io.rebound.events.ConsentStatement;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.Purpose;
import io.rebound.events.Sealed;
import io.rebound.events.TrackedEvent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A shop's visitors, as one partition sees them: of a hundred events 80 are by customers it knows,
 * 8 register new ones, 10 are anonymous, half of them on a device that is known, and 2 are a
 * customer who signs in where somebody anonymous was before. Most come as they happen, one of
 * twenty late.
 */
final class Shoppers {
  private static final Map<Purpose, Boolean> YES =
      Map.of(Purpose.ADS, true, Purpose.PROFILING, true, Purpose.MESSAGING, true);
  private static final Sealed SEALED = new Sealed("k".repeat(120), "b".repeat(400));
  private static final int STRANGERS = 1_000;
  private static final int LATE = 20; // one of so many comes up to a minute after it happened

  private final int partition;
  private final int partitions;
  private final SplittableRandom random;
  private final ArrayDeque<String> strangers = new ArrayDeque<>();
  private final MessageDigest sha256;
  private long customers;
  private long devices;
  private long events;

  Shoppers(int partition, int partitions) {
    this.partition = partition;
    this.partitions = partitions;
    this.random = new SplittableRandom(7 + partition);
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many there are in this partition. */
  long customers() {
    return customers;
  }

  /** That many events as they come. */
  List<TrackedEvent> visits(int count) {
    var visits = new ArrayList<TrackedEvent>(count);
    while (visits.size() < count) {
      visits.add(visit());
    }
    return visits;
  }

  /** That many new customers, an event each. */
  List<TrackedEvent> registrations(int count) {
    var registrations = new ArrayList<TrackedEvent>(count);
    while (registrations.size() < count) {
      registrations.add(registration());
    }
    return registrations;
  }

  private TrackedEvent visit() {
    int kind = random.nextInt(100);
    if (kind < 80) {
      long customer = random.nextLong(customers);
      return event("Purchase", customer, "home-" + customer);
    }
    if (kind < 88) {
      return registration();
    }
    if (kind < 93) {
      return event("ViewContent", null, "home-" + random.nextLong(customers));
    }
    if (kind < 98 || strangers.isEmpty()) {
      String device = "new-" + devices++;
      strangers.add(device);
      return event("ViewContent", null, strangers.size() > STRANGERS ? strangers.poll() : device);
    }
    return event("CompleteRegistration", random.nextLong(customers), strangers.poll());
  }

  private TrackedEvent registration() {
    long customer = customers++;
    return event("CompleteRegistration", customer, "home-" + customer);
  }

  private TrackedEvent event(String name, @Nullable Long customer, String device) {
    var identifiers = new ArrayList<Identifier>();
    if (customer != null) {
      identifiers.add(identifier(IdentifierType.EXTERNAL_ID, "customer-" + customer));
      identifiers.add(identifier(IdentifierType.EMAIL, "address-" + customer));
      if (customer % 3 == 0) {
        identifiers.add(identifier(IdentifierType.PHONE, "number-" + customer));
      }
    }
    identifiers.add(identifier(IdentifierType.ANONYMOUS_ID, device));
    Instant now = Instant.now();
    boolean states = customer != null && random.nextInt(50) == 0;
    return new TrackedEvent(
        "bench",
        "event-" + partition + "-" + events++,
        name,
        random.nextInt(LATE) == 0 ? now.minusSeconds(1 + random.nextInt(60)) : now,
        now,
        ActionSource.WEBSITE,
        "https://shop.example/p/1",
        identifiers,
        new ConsentStatement(states ? YES : Map.of(), YES),
        customer == null ? null : SEALED,
        SEALED,
        customer == null ? null : SEALED,
        Map.of("currency", "EUR", "value", 19));
  }

  /** As long as real pseudonyms are; each partition has people of its own. */
  private Identifier identifier(IdentifierType type, String value) {
    byte[] digest =
        sha256.digest((type + "|" + value + "|" + partition + "/" + partitions).getBytes(UTF_8));
    return new Identifier(type, Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
  }
}
