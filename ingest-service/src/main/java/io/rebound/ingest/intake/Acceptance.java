package io.rebound.ingest.intake;

import java.time.Duration;
import java.util.List;

/** What became of a request's events. */
public sealed interface Acceptance {

  /** Kafka has the accepted events, the quarantine has the rejected ones. */
  record Stored(int accepted, List<Rejection> rejected) implements Acceptance {}

  /** No event was accepted; the quarantine has those at fault. */
  record Refused(List<Rejection> rejected) implements Acceptance {}

  /** Not everything is safe on disk: the client must send the whole request again, same ids. */
  record NotDurable(Duration pause) implements Acceptance {}

  /**
   * @param index the event's place in the request, from 0
   */
  record Rejection(int index, InvalidEvent why) {}
}
