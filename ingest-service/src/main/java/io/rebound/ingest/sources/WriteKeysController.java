package io.rebound.ingest.sources;

import io.rebound.ingest.sources.KeyDesk.NewKey;
import io.rebound.ingest.sources.WriteKeyTable.Listed;
import io.rebound.problems.NotFound;
import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import java.security.Principal;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The doors of write keys. A key is shown once, when it is made. */
@RestController
class WriteKeysController {
  private final ConfiguredSources configured;
  private final SourceTable sources;
  private final WriteKeyTable table;
  private final KeyDesk desk;

  WriteKeysController(
      ConfiguredSources configured, SourceTable sources, WriteKeyTable table, KeyDesk desk) {
    this.configured = configured;
    this.sources = sources;
    this.table = table;
    this.desk = desk;
  }

  /** By id, with those that are revoked or over. */
  @GetMapping("/v1/sources/{source}/keys")
  Page<Listed> list(
      @PathVariable String source,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String after) {
    PageRequest page = SourceRules.page(limit, after);
    find(source);
    String from = page.after() == null ? "" : page.after();
    Stream<Listed> given =
        configured.keyIds(source).stream()
            .filter(id -> id.compareTo(from) > 0)
            .map(id -> new Listed(id, "configured", true, null, null, null, null, null));
    List<Listed> oneMore =
        Stream.concat(given, table.list(source, page).stream())
            .sorted(Comparator.comparing(Listed::id))
            .limit(page.oneMore())
            .toList();
    return Page.of(oneMore, page, Listed::id);
  }

  @PostMapping("/v1/sources/{source}/keys")
  ResponseEntity<NewKey> create(
      @PathVariable String source,
      @RequestBody(required = false) byte @Nullable [] body,
      Principal caller) {
    find(source);
    KeyDesk.Asked asked = SourceJson.asked(body == null ? new byte[0] : body, KeyDesk.Asked.class);
    return ResponseEntity.status(HttpStatus.CREATED)
        .cacheControl(CacheControl.noStore())
        .body(desk.create(source, asked, caller));
  }

  @DeleteMapping("/v1/sources/{source}/keys/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@PathVariable String source, @PathVariable String id, Principal caller) {
    find(source);
    desk.revoke(source, id, caller);
  }

  private void find(String source) {
    if (configured.find(source).isEmpty() && sources.find(source).isEmpty()) {
      throw new NotFound("source");
    }
  }
}
