package io.rebound.ingest.doors;

import io.rebound.ingest.doors.Door.Refusal;
import io.rebound.ingest.doors.RequestBody.Unusable;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * The event doors, in front of the framework's handler on the framework's port. They were measured
 * to need it: a request here is one look-up of its path, one body and one answer.
 */
@Component
class EventDoors implements NettyRouteProvider {
  private static final Logger log = LoggerFactory.getLogger(EventDoors.class);

  private final Map<String, Door> doors = new HashMap<>();
  private final DoorsProperties properties;
  private final Clock clock;

  EventDoors(List<Door> doors, DoorsProperties properties, Clock clock) {
    for (Door door : doors) {
      door.paths().forEach(path -> this.doors.put(path, door));
    }
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  public HttpServerRoutes apply(HttpServerRoutes routes) {
    return routes.route(request -> doors.containsKey(request.path()), this::serve);
  }

  private Mono<Void> serve(HttpServerRequest request, HttpServerResponse response) {
    Door door = Objects.requireNonNull(doors.get(request.path()));
    CrossOrigin.allow(request.requestHeaders().get("Origin"), response.responseHeaders());
    return switch (request.method().name()) {
      case "POST" -> answer(door, request).flatMap(answer -> write(response, answer));
      case "OPTIONS" -> {
        CrossOrigin.preflight(response.responseHeaders());
        yield response.status(204).send();
      }
      default -> {
        response.header("Allow", "POST, OPTIONS");
        yield write(response, door.refuse(Refusal.NOT_POST));
      }
    };
  }

  private Mono<DoorAnswer> answer(Door door, HttpServerRequest request) {
    int limit = Math.toIntExact(door.largestBody(request.path()).toBytes());
    return RequestBody.of(request, limit)
        .flatMap(body -> answer(door, request, body))
        .onErrorResume(Unusable.class, unusable -> Mono.just(door.refuse(unusable.refusal())))
        .onErrorResume(RuntimeException.class, defect -> Mono.just(defect(door, defect)));
  }

  private Mono<DoorAnswer> answer(Door door, HttpServerRequest request, byte[] body) {
    var asked =
        new DoorRequest(
            request.path(),
            request.uri(),
            request.requestHeaders(),
            body,
            clientAddress(request),
            clock.instant());
    Mono<DoorAnswer> answer = Mono.defer(() -> Mono.fromFuture(door.answer(asked)));
    return body.length > properties.handOver().toBytes()
        ? answer.subscribeOn(Schedulers.parallel())
        : answer;
  }

  private @Nullable String clientAddress(HttpServerRequest request) {
    String header = properties.clientAddressHeader();
    if (header != null) {
      String forwarded = request.requestHeaders().get(header);
      return forwarded == null ? null : forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
    }
    InetSocketAddress address = request.remoteAddress();
    return address == null || address.getAddress() == null
        ? null
        : address.getAddress().getHostAddress();
  }

  private static Mono<Void> write(HttpServerResponse response, DoorAnswer answer) {
    response.status(answer.status()).header("Content-Type", answer.contentType());
    response.header("Content-Length", String.valueOf(answer.body().length));
    if (answer.retryAfter() != null) {
      response.header("Retry-After", String.valueOf(Math.max(1, answer.retryAfter().toSeconds())));
    }
    return response.sendByteArray(Mono.just(answer.body())).then();
  }

  private static DoorAnswer defect(Door door, RuntimeException defect) {
    log.atError()
        .addKeyValue("defect", defect.getClass().getName())
        .addKeyValue("at", defect.getStackTrace().length > 0 ? defect.getStackTrace()[0] : "")
        .log("A request can't be answered; the client is told to send it again");
    return door.refuse(Refusal.DEFECT);
  }
}
