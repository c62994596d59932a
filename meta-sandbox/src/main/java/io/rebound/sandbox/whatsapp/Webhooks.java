package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.graph.Signature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells the business what happens: first {@code sent}, then {@code delivered} or {@code failed},
 * and what people write. A message is told of until the webhook answers 200; one that isn't told
 * yet when the process is killed is told after the restart, so things may be told twice, as by
 * Meta.
 */
@Component
class Webhooks implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Webhooks.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SandboxProperties properties;
  private final MessageStore messages;
  private final WebhookBodies bodies;
  private final Clock clock;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  // no longer than the store, which is bounded
  private final LinkedBlockingQueue<SandboxMessage> queue = new LinkedBlockingQueue<>();
  private @Nullable Thread thread;

  Webhooks(SandboxProperties properties, MessageStore messages, WebhookBodies bodies, Clock clock) {
    this.properties = properties;
    this.messages = messages;
    this.bodies = bodies;
    this.clock = clock;
  }

  void tell(SandboxMessage message) {
    if (queue.size() < properties.bounds().messages()) {
      queue.add(message);
    }
  }

  @Override
  public synchronized void start() {
    queue.addAll(messages.open());
    thread = Thread.ofVirtual().name("sandbox-webhooks").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        SandboxMessage message = queue.take();
        if (message.inbound()) {
          post(bodies.inbound(message));
          messages.advance(message.wamid(), "posted");
        } else if (message.error() != 0) {
          step(message, "failed");
        } else {
          if (message.status().equals("accepted")) {
            step(message, "sent");
          }
          step(message, "delivered");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void step(SandboxMessage message, String status) throws InterruptedException {
    post(bodies.status(message, status, clock.millis()));
    messages.advance(message.wamid(), status);
  }

  private void post(byte[] body) throws InterruptedException {
    String url = properties.webhook().url();
    if (url.isBlank()) {
      return;
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("X-Hub-Signature-256", "sha256=" + Signature.hex(properties.appSecret(), body))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    List<Duration> pauses = properties.webhook().pauses();
    for (int attempt = 1; attempt <= properties.webhook().maxAttempts(); attempt++) {
      if (answered(request)) {
        return;
      }
      Thread.sleep(pauses.get(Math.min(attempt, pauses.size()) - 1));
    }
    log.warn("The webhook did not take a notification; it is given up");
  }

  private boolean answered(HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      log.debug("The webhook can't be reached", e);
      return false;
    }
  }

  @Override
  public synchronized void stop() {
    if (thread != null) {
      thread.interrupt();
      thread = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }
}
