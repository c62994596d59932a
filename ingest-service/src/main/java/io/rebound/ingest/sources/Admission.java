package io.rebound.ingest.sources;

import java.time.Duration;

/** What a request may do by its write key, and by what came with it. */
public sealed interface Admission {

  /** Its events are looked at. */
  record Admitted(Source source) implements Admission {}

  /**
   * @param given false if the request has no key at all
   */
  record UnknownKey(boolean given) implements Admission {}

  /**
   * The key isn't known here, but it may be: the database of keys couldn't be read lately. To call
   * it wrong would make the client throw its events away.
   */
  record NotKnownYet() implements Admission {}

  /** The key is right and its source is switched off. */
  record Disabled() implements Admission {}

  /** A page sent it that the source doesn't allow. */
  record ForbiddenOrigin() implements Admission {}

  /** The key has sent too much. */
  record Limited(Duration pause) implements Admission {}
}
