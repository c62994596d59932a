package io.rebound.whatsapp.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.whatsapp.WhatsappProperties;
import io.rebound.whatsapp.messages.StatusUpdates;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where Meta posts what happens at WhatsApp. It is answered 200 only when everything in it is kept:
 * Meta repeats for days what isn't, and repetitions change nothing.
 */
@RestController
class WebhookController {
  private static final Logger log = LoggerFactory.getLogger(WebhookController.class);
  private static final int LARGEST_BODY = 3 * 1024 * 1024; // Meta's own limit
  private static final long PATIENCE_SECONDS = 10;

  private final Signature signature;
  private final Replies replies;
  private final StatusUpdates statuses;
  private final WhatsappProperties properties;
  private final JsonMapper json;
  private final Clock clock;
  private final Counter forged;

  WebhookController(
      Signature signature,
      Replies replies,
      StatusUpdates statuses,
      WhatsappProperties properties,
      JsonMapper json,
      Clock clock,
      MeterRegistry registry) {
    this.signature = signature;
    this.replies = replies;
    this.statuses = statuses;
    this.properties = properties;
    this.json = json;
    this.clock = clock;
    this.forged =
        Counter.builder("rebound_whatsapp_webhooks_unsigned_total")
            .description("Webhook calls refused because their signature wasn't Meta's")
            .register(registry);
  }

  /** Meta subscribes: it wants its challenge back if the token is ours. */
  @GetMapping(path = "/webhooks/whatsapp", produces = MediaType.TEXT_PLAIN_VALUE)
  ResponseEntity<String> verify(
      @RequestParam(name = "hub.mode", required = false) @Nullable String mode,
      @RequestParam(name = "hub.verify_token", required = false) @Nullable String token,
      @RequestParam(name = "hub.challenge", required = false) @Nullable String challenge) {
    boolean ours =
        token != null
            && MessageDigest.isEqual(
                token.getBytes(UTF_8), properties.webhookVerifyToken().getBytes(UTF_8));
    if (!"subscribe".equals(mode) || !ours || challenge == null) {
      return ResponseEntity.status(HttpStatus.FORBIDDEN).build();
    }
    return ResponseEntity.ok(challenge);
  }

  @PostMapping("/webhooks/whatsapp")
  ResponseEntity<Void> receive(
      HttpServletRequest request,
      @RequestHeader(name = "X-Hub-Signature-256", required = false) @Nullable String given)
      throws IOException {
    byte[] body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      throw new ErrorResponseException(HttpStatus.CONTENT_TOO_LARGE);
    }
    if (!signature.matches(body, given)) {
      forged.increment();
      throw new ErrorResponseException(HttpStatus.UNAUTHORIZED);
    }
    Instant now = clock.instant();
    Notification notification;
    try {
      notification = Notification.read(json.readTree(body), properties.businessAccount(), now);
    } catch (JacksonException e) {
      throw new ErrorResponseException(HttpStatus.BAD_REQUEST);
    }
    statuses.take(notification.statuses());
    if (!kept(notification, now)) {
      throw new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE);
    }
    return ResponseEntity.ok().build();
  }

  private boolean kept(Notification notification, Instant now) {
    try {
      replies
          .publish(notification.messages(), notification.preferences(), now)
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      log.atWarn()
          .addKeyValue("failure", e.getClass().getSimpleName())
          .log("Kafka can't take what WhatsApp sent; WhatsApp will send it again");
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
