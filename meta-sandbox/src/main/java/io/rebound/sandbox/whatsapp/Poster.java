package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.graph.Signature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Posts signed bodies to the webhook. */
@Component
public class Poster {
  private static final Logger log = LoggerFactory.getLogger(Poster.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SandboxProperties properties;
  private final Trouble trouble;
  private final Posted posted;
  private final Envelope envelope;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  Poster(SandboxProperties properties, Trouble trouble, Posted posted, Envelope envelope) {
    this.properties = properties;
    this.trouble = trouble;
    this.posted = posted;
    this.envelope = envelope;
  }

  /** How many notices go into one post, at most. */
  int batch() {
    return trouble.batch();
  }

  /** Whether the webhook took them, which only an answer 200 says; without one nobody minds. */
  boolean takes(List<Notice> notices) throws InterruptedException {
    if (hasNowhereToPost()) {
      return true;
    }
    byte[] body = envelope.of(notices);
    if (trouble.forges()) {
      posted.forged(answered(body, properties.appSecret() + "?"));
    }
    boolean taken = answered(body, properties.appSecret());
    if (taken) {
      posted.taken(body);
    } else {
      posted.refused();
    }
    return taken;
  }

  /**
   * Posts an old body again, byte for byte; whether it was taken.
   *
   * @throws IllegalArgumentException if there is none at that position
   */
  public boolean replay(long position) throws InterruptedException {
    if (hasNowhereToPost()) {
      throw new IllegalArgumentException("sandbox.webhook.url is empty");
    }
    return answered(posted.body(position), properties.appSecret());
  }

  private boolean hasNowhereToPost() {
    return properties.webhook().url().isBlank();
  }

  private boolean answered(byte[] body, String secret) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(properties.webhook().url()))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("X-Hub-Signature-256", "sha256=" + Signature.hex(secret, body))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      log.debug("The webhook can't be reached", e);
      return false;
    }
  }
}
