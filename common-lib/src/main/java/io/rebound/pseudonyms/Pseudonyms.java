package io.rebound.pseudonyms;

import io.rebound.events.IdentifierType;
import io.rebound.startup.WatchedFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Derives the pseudonym by which everybody behind the doors knows an identifier: {@code keyId '.'
 * base64url(HMAC-SHA-256(pepper, type '|' hash))}. The same identifier always has the same
 * pseudonym of a key, and without the pepper nobody gets from one to the other. While the pepper
 * rotates an identifier has several.
 */
public final class Pseudonyms {
  private final Supplier<Keys> keys;

  /** What is made of a pepper once. */
  record Keys(PepperMac primary, List<PepperMac> others) {
    static Keys of(Pepper pepper) {
      return new Keys(
          new PepperMac(pepper.primaryKey()),
          pepper.otherKeys().stream().map(PepperMac::new).toList());
    }
  }

  private Pseudonyms(Supplier<Keys> keys) {
    this.keys = keys;
  }

  public Pseudonyms(Pepper pepper) {
    Keys fixed = Keys.of(pepper);
    this(() -> fixed);
  }

  /** Goes by what the pepper's file says at each moment. */
  static Pseudonyms following(WatchedFile<Keys> file) {
    return new Pseudonyms(file::current);
  }

  /**
   * The one of the primary key.
   *
   * @param sha256Hex the identifier as Meta asks for it: normalised and hashed, 64 lower-case
   *     hexadecimal digits
   */
  public String of(IdentifierType type, String sha256Hex) {
    return keys.get().primary().of(type, sha256Hex);
  }

  /**
   * Those that an event carries: of every key that lived when it happened, the primary key's first.
   */
  public List<String> at(Instant moment, IdentifierType type, String sha256Hex) {
    Keys now = keys.get();
    String first = now.primary().of(type, sha256Hex);
    if (now.others().isEmpty()) {
      return List.of(first);
    }
    var all = new ArrayList<String>(1 + now.others().size());
    all.add(first);
    for (PepperMac key : now.others()) {
      if (key.livedAt(moment)) {
        all.add(key.of(type, sha256Hex));
      }
    }
    return all;
  }

  /** Those of all keys, the retired ones too: by which somebody may be known here. */
  public List<String> ever(IdentifierType type, String sha256Hex) {
    return at(Instant.MIN, type, sha256Hex);
  }

  /** Whether that pseudonym was made with the key that is primary now. */
  public boolean isPrimary(String pseudonym) {
    return keys.get().primary().made(pseudonym);
  }
}
