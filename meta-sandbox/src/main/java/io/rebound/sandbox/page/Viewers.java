package io.rebound.sandbox.page;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells everybody who looks at the page what has changed, at most once a second. Each has a virtual
 * thread, so that a browser that reads slowly holds up nobody else; when nobody looks, nothing
 * runs.
 */
@Component
public class Viewers {
  private static final int MOST = 50;
  private static final long PACE_MILLIS = 1_000;
  private static final int QUIET_TURNS = 15; // then a comment, or proxies take it for dead
  private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

  private final Snapshot snapshot;
  private final Set<SseEmitter> looking = ConcurrentHashMap.newKeySet();

  Viewers(Snapshot snapshot, MeterRegistry meters) {
    this.snapshot = snapshot;
    Gauge.builder("rebound.sandbox.page.viewers", looking, Set::size)
        .description("Browsers that follow the page")
        .register(meters);
  }

  /** Somebody more looks, until the connection ends. */
  SseEmitter join() {
    if (looking.size() >= MOST) {
      throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE);
    }
    var emitter = new SseEmitter(0L);
    emitter.onCompletion(() -> looking.remove(emitter));
    emitter.onError(_ -> looking.remove(emitter));
    looking.add(emitter);
    Thread.ofVirtual().name("page-viewer").start(() -> show(emitter));
    return emitter;
  }

  private void show(SseEmitter emitter) {
    Map<String, Html> seen = new HashMap<>();
    int quiet = 0;
    try {
      while (looking.contains(emitter)) {
        quiet = sendChanges(emitter, seen) ? 0 : quiet + 1;
        if (quiet >= QUIET_TURNS) {
          emitter.send(SseEmitter.event().comment("still here"));
          quiet = 0;
        }
        Thread.sleep(PACE_MILLIS);
      }
    } catch (IOException | RuntimeException e) {
      emitter.completeWithError(e); // mostly because the browser went; it comes back if it wants
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      looking.remove(emitter);
    }
  }

  private boolean sendChanges(SseEmitter emitter, Map<String, Html> seen) throws IOException {
    boolean sent = false;
    for (Map.Entry<String, Html> section : snapshot.recent().entrySet()) {
      Html html = section.getValue();
      if (!html.equals(seen.put(section.getKey(), html))) {
        emitter.send(SseEmitter.event().name(section.getKey()).data(html.text(), HTML));
        sent = true;
      }
    }
    return sent;
  }

  /** Before the web server stops: it would end what is still open with an error. */
  @EventListener(ContextClosedEvent.class)
  public void close() {
    looking.forEach(SseEmitter::complete);
    looking.clear();
  }
}
