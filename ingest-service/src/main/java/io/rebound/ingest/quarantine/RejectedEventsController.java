package io.rebound.ingest.quarantine;

import io.rebound.ingest.quarantine.RejectedEvents.Listed;
import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the doors refused and why, newest first. Bodies stay closed: they hold personal data. */
@RestController
class RejectedEventsController {
  private static final int LARGEST_PAGE = 1000;

  private final RejectedEvents events;

  RejectedEventsController(RejectedEvents events) {
    this.events = events;
  }

  @GetMapping("/v1/rejected-events")
  Page<Listed> list(
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String after) {
    return events.list(PageRequest.of(limit, after, LARGEST_PAGE));
  }
}
