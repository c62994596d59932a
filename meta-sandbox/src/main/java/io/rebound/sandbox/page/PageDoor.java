package io.rebound.sandbox.page;

import io.rebound.sandbox.SandboxProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The page, complete at once also without script, and the stream that keeps it up to date. */
@RestController
class PageDoor {
  static final String HTML = "text/html;charset=UTF-8";

  // pictures come from the shops; everything else is ours and in files, so nothing injected runs
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
          + "img-src 'self' http: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final String frame;
  private final Snapshot snapshot;
  private final Items items;
  private final Conversations conversations;
  private final Viewers viewers;

  PageDoor(
      SandboxProperties properties,
      Snapshot snapshot,
      Items items,
      Conversations conversations,
      Viewers viewers)
      throws IOException {
    this.frame =
        new ClassPathResource("sandbox-page/page.html")
            .getContentAsString(StandardCharsets.UTF_8)
            .replace("<!--root-->", properties.root())
            .replace("<!--tenant-->", tenant(properties.tenant()))
            .replace("<!--profile-->", properties.profile().name().toLowerCase(Locale.ROOT));
    this.snapshot = snapshot;
    this.items = items;
    this.conversations = conversations;
    this.viewers = viewers;
  }

  private static String tenant(String name) {
    return Html.when(!name.isEmpty(), Html.of(" · tenant <b>{}</b>", name)).text();
  }

  @GetMapping(path = "/", produces = HTML)
  ResponseEntity<String> page() {
    String page = frame;
    for (Map.Entry<String, Html> section : snapshot.now().entrySet()) {
      page = page.replace("<!--" + section.getKey() + "-->", section.getValue().text());
    }
    page =
        page.replace("<!--items-->", items.page("").text())
            .replace("<!--conversation-->", conversations.latest().text());
    return ResponseEntity.ok()
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Cache-Control", "no-store")
        .body(page);
  }

  /** One event a section that has changed, named like it, with its HTML. */
  @GetMapping("/_sandbox/page/updates")
  SseEmitter updates() {
    return viewers.join();
  }
}
