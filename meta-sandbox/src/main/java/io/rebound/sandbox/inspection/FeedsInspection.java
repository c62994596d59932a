package io.rebound.sandbox.inspection;

import io.rebound.sandbox.catalog.FeedFetches;
import io.rebound.sandbox.catalog.FeedUploads;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Feeds: fetching at once what is due, and the reports that sessions link to. */
@RestController
class FeedsInspection {
  private final FeedFetches fetches;
  private final FeedUploads uploads;

  FeedsInspection(FeedFetches fetches, FeedUploads uploads) {
    this.fetches = fetches;
    this.uploads = uploads;
  }

  /** Fetches what is due by the clock and answers when it is done. */
  @PostMapping("/_sandbox/feeds/fetch")
  ObjectNode fetch() throws InterruptedException {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    fetches.runDue().forEach(answer.putArray("uploads")::add);
    return answer;
  }

  @GetMapping("/_sandbox/feeds/uploads/{id}/error_report")
  ResponseEntity<String> report(@PathVariable String id) {
    return uploads
        .report(id)
        .map(csv ->
            ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/csv;charset=UTF-8"))
                .body(csv))
        .orElseGet(() -> ResponseEntity.notFound().build());
  }
}
