package io.rebound.ingest.imports;

import io.rebound.ingest.imports.ImportOutcome.ComeAgain;
import io.rebound.ingest.imports.ImportOutcome.Done;
import io.rebound.ingest.imports.ImportOutcome.Refused;
import io.rebound.ingest.intake.Text;
import io.rebound.ingest.sources.Admission;
import io.rebound.ingest.sources.Admission.Admitted;
import io.rebound.ingest.sources.Admission.Disabled;
import io.rebound.ingest.sources.Admission.ForbiddenOrigin;
import io.rebound.ingest.sources.Admission.Limited;
import io.rebound.ingest.sources.Admission.NotKnownYet;
import io.rebound.ingest.sources.Admission.UnknownKey;
import io.rebound.ingest.sources.Admissions;
import io.rebound.ingest.sources.Source;
import io.rebound.problems.InvalidRequest;
import io.rebound.problems.NotFound;
import io.rebound.problems.Problems;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Where files come in, with a write key. The body is read by a thread of its own as fast as its
 * rows are kept, and no faster.
 */
@RestController
class UploadController {
  private static final int LONGEST_KEY = 255;
  private static final Duration WHEN_FREE = Duration.ofSeconds(10);

  private final Admissions admissions;
  private final Clock clock;
  private final Importer importer;
  private final ImportErrors errors;
  private final ImportsProperties properties;
  private final Semaphore places;
  private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();

  UploadController(
      Admissions admissions,
      Clock clock,
      Importer importer,
      ImportErrors errors,
      ImportsProperties properties) {
    this.admissions = admissions;
    this.clock = clock;
    this.importer = importer;
    this.errors = errors;
    this.properties = properties;
    this.places = new Semaphore(properties.atOnce());
  }

  @PostMapping("/v1/imports/{kind}")
  Mono<ResponseEntity<Object>> upload(@PathVariable String kind, ServerHttpRequest request) {
    ImportKind wanted = ImportKind.find(kind).orElseThrow(() -> new NotFound("kind of import"));
    Admission admission =
        admissions.admit(
            UploadKey.in(request.getHeaders()),
            request.getHeaders().getOrigin(),
            1, // a file is limited by how many may come at once
            clock.instant());
    return admission instanceof Admitted(var source)
        ? upload(wanted, source, request)
        : Mono.just(turnedAway(admission));
  }

  private Mono<ResponseEntity<Object>> upload(
      ImportKind wanted, Source source, ServerHttpRequest request) {
    String key = key(request.getHeaders());
    return Mono.defer(() ->
        places.tryAcquire()
            // never interrupted: when the client goes, the body ends
            ? Mono.fromFuture(
                CompletableFuture.supplyAsync(() -> take(wanted, source, key, request), threads),
                true)
            : Mono.just(
                comeAgain(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "imports-busy",
                    "As many imports run as may at the same time",
                    WHEN_FREE)));
  }

  private ResponseEntity<Object> take(
      ImportKind kind, Source source, @Nullable String key, ServerHttpRequest request) {
    long length = request.getHeaders().getContentLength();
    try (var body = new BodyStream(request.getBody(), properties.idle())) {
      var upload =
          new Upload(
              kind,
              source,
              key,
              request.getQueryParams().toSingleValueMap(),
              length < 0 ? null : length,
              body);
      return answer(importer.take(upload));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      places.release();
    }
  }

  private ResponseEntity<Object> answer(ImportOutcome outcome) {
    return switch (outcome) {
      case Done(var done) ->
          ResponseEntity.ok(
              ImportReport.of(done, errors.list(done.id(), ImportsController.FIRST_ERRORS).data()));
      case ComeAgain(var pause) ->
          comeAgain(
              HttpStatus.SERVICE_UNAVAILABLE,
              "not-durable",
              "The rest of the rows could not be kept; send the file again with the same key",
              pause);
      case Refused(var status, var problem, var field, var reason) ->
          body(
              ResponseEntity.status(status),
              Problems.ofField(HttpStatusCode.valueOf(status), problem, field, reason));
    };
  }

  private static @Nullable String key(HttpHeaders headers) {
    String key = Text.of(headers.getFirst("Idempotency-Key"));
    if (key != null && key.length() > LONGEST_KEY) {
      throw new InvalidRequest("Idempotency-Key", "must have at most 255 characters");
    }
    return key;
  }

  private static ResponseEntity<Object> turnedAway(Admission admission) {
    return switch (admission) {
      case Admitted _, UnknownKey _ -> unknownKey();
      case NotKnownYet _ ->
          comeAgain(
              HttpStatus.SERVICE_UNAVAILABLE,
              "key-not-known-yet",
              "The write key can't be checked now; send the file again later",
              WHEN_FREE);
      case Disabled _ ->
          body(
              ResponseEntity.status(HttpStatus.NOT_FOUND),
              Problems.of(
                  HttpStatus.NOT_FOUND,
                  "source-disabled",
                  "The write key belongs to a source that is switched off"));
      case ForbiddenOrigin _ ->
          body(
              ResponseEntity.status(HttpStatus.FORBIDDEN),
              Problems.of(
                  HttpStatus.FORBIDDEN,
                  "forbidden-origin",
                  "The Origin is none that this source allows"));
      case Limited(var pause) ->
          comeAgain(
              HttpStatus.TOO_MANY_REQUESTS,
              "limited",
              "The write key has sent more events than its limit allows",
              pause);
    };
  }

  private static ResponseEntity<Object> unknownKey() {
    return body(
        ResponseEntity.status(HttpStatus.UNAUTHORIZED).header("WWW-Authenticate", "Basic"),
        Problems.of(
            HttpStatus.UNAUTHORIZED,
            "unauthorized",
            "This needs a write key: as the user of Basic authentication or as a bearer token"));
  }

  private static ResponseEntity<Object> comeAgain(
      HttpStatus status, String problem, String detail, Duration pause) {
    return body(
        ResponseEntity.status(status)
            .header("Retry-After", String.valueOf(Math.max(1, pause.toSeconds()))),
        Problems.of(status, problem, detail));
  }

  private static ResponseEntity<Object> body(
      ResponseEntity.BodyBuilder answer, ProblemDetail problem) {
    return answer.contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
  }
}
