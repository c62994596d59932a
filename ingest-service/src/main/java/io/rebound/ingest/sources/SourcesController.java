package io.rebound.ingest.sources;

import io.rebound.problems.NotFound;
import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import java.security.Principal;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The doors of sources. */
@RestController
class SourcesController {
  private final ConfiguredSources configured;
  private final SourceTable table;
  private final SourceDesk desk;

  SourcesController(ConfiguredSources configured, SourceTable table, SourceDesk desk) {
    this.configured = configured;
    this.table = table;
    this.desk = desk;
  }

  /** By id. Those that were deleted are listed as well: events name them. */
  @GetMapping("/v1/sources")
  Page<SourceView> list(
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String after) {
    PageRequest page = SourceRules.page(limit, after);
    String from = page.after() == null ? "" : page.after();
    Stream<SourceView> given =
        configured.all().stream()
            .map(SourceView::of)
            .filter(source -> source.id().compareTo(from) > 0);
    Stream<SourceView> made =
        table.list(page).stream()
            .filter(source -> configured.find(source.id()).isEmpty())
            .map(SourceView::of);
    List<SourceView> oneMore =
        Stream.concat(given, made)
            .sorted(Comparator.comparing(SourceView::id))
            .limit(page.oneMore())
            .toList();
    return Page.of(oneMore, page, SourceView::id);
  }

  @GetMapping("/v1/sources/{id}")
  ResponseEntity<SourceView> get(@PathVariable String id) {
    return answer(HttpStatus.OK, id);
  }

  @PostMapping("/v1/sources")
  ResponseEntity<SourceView> create(
      @RequestBody(required = false) byte @Nullable [] body, Principal caller) {
    SourceDefinition definition = SourceJson.asked(given(body));
    desk.create(definition, caller);
    return answer(HttpStatus.CREATED, definition.id());
  }

  @PutMapping("/v1/sources/{id}")
  ResponseEntity<SourceView> put(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody(required = false) byte @Nullable [] body,
      Principal caller) {
    desk.put(SourceJson.asked(given(body), id), IfMatch.of(ifMatch), caller);
    return answer(HttpStatus.OK, id);
  }

  @DeleteMapping("/v1/sources/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void disable(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      Principal caller) {
    desk.disable(id, IfMatch.of(ifMatch), caller);
  }

  /** The source as it is now, with its revision as the ETag. */
  private ResponseEntity<SourceView> answer(HttpStatus status, String id) {
    SourceView source =
        configured
            .find(id)
            .map(SourceView::of)
            .or(() -> table.find(id).map(SourceView::of))
            .orElseThrow(() -> new NotFound("source"));
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
    return source.revision() == null
        ? answer.body(source)
        : answer.eTag(IfMatch.etag(source.revision())).body(source);
  }

  private static byte[] given(byte @Nullable [] body) {
    return body == null ? new byte[0] : body;
  }
}
