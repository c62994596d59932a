package io.rebound.identity.sightings;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.events.EventKey;
import io.rebound.events.Identifier;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The id of the person that an identifier is on its own. It derives from the identifier, so that
 * whatever order events come in, the same people have the same ids. Strong identifiers and devices
 * go by this id in the database as well.
 */
public final class PersonIds {
  /** Unsigned, as PostgreSQL orders: {@link UUID#compareTo} is signed. */
  public static final Comparator<UUID> ORDER =
      Comparator.comparingLong((UUID id) -> id.getMostSignificantBits() ^ Long.MIN_VALUE)
          .thenComparingLong(id -> id.getLeastSignificantBits() ^ Long.MIN_VALUE);

  private PersonIds() {}

  /** While nobody asked for its erasure; afterwards the identifier's suppression pseudonym. */
  public static UUID of(Identifier identifier) {
    return of(identifier, 0);
  }

  /**
   * @param generation 0, or the time of the identifier's last erasure: who returns after it is a
   *     new person
   */
  public static UUID of(Identifier identifier, long generation) {
    return derived(
        "person|" + generation + "|" + identifier.type().wireName() + "|" + identifier.pseudonym());
  }

  /** The person of an event that has nothing by which to find one: a person of this event alone. */
  public static UUID of(EventKey event) {
    return derived("event|" + event);
  }

  /** The id of a set of identifiers, in whatever order they come. */
  public static UUID ofSet(Collection<UUID> identifiers) {
    return derived(
        identifiers.stream()
            .sorted(ORDER)
            .map(UUID::toString)
            .collect(Collectors.joining("|", "set|", "")));
  }

  private static UUID derived(String name) {
    var bytes = ByteBuffer.wrap(sha256().digest(name.getBytes(UTF_8)));
    long high = bytes.getLong() & ~0xF000L | 0x8000L; // version 8: custom
    long low = bytes.getLong() & ~(3L << 62) | 2L << 62; // the variant of RFC 9562
    return new UUID(high, low);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
