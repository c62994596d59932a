package io.rebound.capisync.audiences;

import io.rebound.capisync.audiences.AudienceTable.Shown;
import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How the audiences stand: {@code GET /v1/audiences}. */
@RestController
class AudiencesController {
  private static final int LARGEST_PAGE = 1000;

  private final AudienceTable audiences;

  AudiencesController(AudienceTable audiences) {
    this.audiences = audiences;
  }

  @GetMapping("/v1/audiences")
  Page<Shown> list(
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String after) {
    PageRequest page = PageRequest.of(limit, after, LARGEST_PAGE);
    return Page.of(audiences.list(page.after(), page.oneMore()), page, Shown::segment);
  }
}
