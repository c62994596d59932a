package io.rebound.ingest.imports;

import io.rebound.problems.InvalidRequest;
import io.rebound.problems.NotFound;
import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What became of imports, newest first, and of their rows. Never says what a row said. */
@RestController
class ImportsController {
  private static final int LARGEST_PAGE = 1000;
  static final PageRequest FIRST_ERRORS = new PageRequest(100, null);

  private final Imports imports;
  private final ImportErrors errors;

  ImportsController(Imports imports, ImportErrors errors) {
    this.imports = imports;
    this.errors = errors;
  }

  @GetMapping("/v1/imports")
  Page<ImportReport> list(
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String after) {
    Page<Import> page = imports.list(PageRequest.of(limit, after, LARGEST_PAGE));
    return new Page<>(
        page.data().stream().map(one -> ImportReport.of(one, null)).toList(), page.next());
  }

  @GetMapping("/v1/imports/{id}")
  ImportReport one(@PathVariable String id) {
    Import found = find(id);
    return ImportReport.of(found, errors.list(found.id(), FIRST_ERRORS).data());
  }

  @GetMapping("/v1/imports/{id}/errors")
  Page<RowError> errors(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String after) {
    return errors.list(find(id).id(), PageRequest.of(limit, after, LARGEST_PAGE));
  }

  private Import find(String id) {
    try {
      return imports.find(Long.parseLong(id)).orElseThrow(() -> new NotFound("import"));
    } catch (NumberFormatException e) {
      throw new InvalidRequest("id", "must be a number");
    }
  }
}
