package io.rebound.ingest.doors;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.rebound.ingest.doors.Door.Refusal;
import io.rebound.ingest.sources.Admission.Admitted;
import io.rebound.ingest.sources.Admission.Disabled;
import io.rebound.ingest.sources.Admission.ForbiddenOrigin;
import io.rebound.ingest.sources.Admission.Limited;
import io.rebound.ingest.sources.Admission.NotKnownYet;
import io.rebound.ingest.sources.Admission.UnknownKey;
import io.rebound.ingest.sources.Admissions;
import io.rebound.ingest.sources.Source;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Lets a request in by its write key, or turns it away in its door's words. */
@Component
public class Entrance {
  private final Admissions admissions;

  Entrance(Admissions admissions) {
    this.admissions = admissions;
  }

  /**
   * What {@code inside} answers, if the request is let in.
   *
   * @param writeKey as the client gave it, if it did
   * @param events how many of them count against the key's limit, at least one
   * @param refuse the door's words for a request that isn't
   */
  public CompletableFuture<DoorAnswer> enter(
      DoorRequest request,
      Optional<String> writeKey,
      int events,
      Function<Refusal, DoorAnswer> refuse,
      Function<Source, CompletableFuture<DoorAnswer>> inside) {
    return switch (admissions.admit(
        writeKey, request.header(HttpHeaderNames.ORIGIN), events, request.receivedAt())) {
      case Admitted(var source) -> inside.apply(source);
      case UnknownKey(boolean given) ->
          completedFuture(refuse.apply(given ? Refusal.UNKNOWN_KEY : Refusal.NO_KEY));
      case NotKnownYet() -> completedFuture(refuse.apply(Refusal.KEY_NOT_KNOWN_YET));
      case Disabled() -> completedFuture(refuse.apply(Refusal.SOURCE_DISABLED));
      case ForbiddenOrigin() -> completedFuture(refuse.apply(Refusal.FORBIDDEN_ORIGIN));
      case Limited(var pause) ->
          completedFuture(refuse.apply(Refusal.TOO_MANY_EVENTS).after(pause));
    };
  }
}
