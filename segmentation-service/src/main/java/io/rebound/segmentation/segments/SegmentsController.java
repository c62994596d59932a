package io.rebound.segmentation.segments;

import io.rebound.problems.InvalidRequest;
import io.rebound.problems.NotFound;
import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The doors of segments. */
@RestController
class SegmentsController {
  private static final int MOST_SEGMENTS = 500;
  private static final int MOST_MEMBERS = 10_000;

  private final SegmentDesk desk;
  private final Segments segments;
  private final Memberships memberships;
  private final Preview preview;

  SegmentsController(
      SegmentDesk desk, Segments segments, Memberships memberships, Preview preview) {
    this.desk = desk;
    this.segments = segments;
    this.memberships = memberships;
    this.preview = preview;
  }

  /** A segment as the API shows it. */
  record View(
      String name,
      @Nullable String description,
      boolean audience,
      JsonNode when,
      Instant updatedAt,
      long members) {}

  @PutMapping("/v1/segments/{name}")
  ResponseEntity<View> put(@PathVariable String name, @RequestBody JsonNode body) {
    boolean created = desk.put(name, body);
    return ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK).body(get(name));
  }

  @GetMapping("/v1/segments/{name}")
  View get(@PathVariable String name) {
    Segment segment = segments.find(name).orElseThrow(() -> new NotFound("segment"));
    return view(segment, memberships.counts(List.of(name)));
  }

  @GetMapping("/v1/segments")
  Page<View> list(@RequestParam @Nullable Integer limit, @RequestParam @Nullable String after) {
    PageRequest page = PageRequest.of(limit, after, MOST_SEGMENTS);
    Page<Segment> part = Page.of(segments.list(page), page, Segment::name);
    Map<String, Long> counts = memberships.counts(part.data().stream().map(Segment::name).toList());
    return new Page<>(
        part.data().stream().map(segment -> view(segment, counts)).toList(), part.next());
  }

  private static View view(Segment segment, Map<String, Long> members) {
    return new View(
        segment.name(),
        segment.description(),
        segment.audience(),
        segment.when(),
        segment.updatedAt(),
        members.getOrDefault(segment.name(), 0L));
  }

  @DeleteMapping("/v1/segments/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String name) {
    desk.delete(name);
  }

  @GetMapping("/v1/segments/{name}/members")
  Page<Memberships.Member> members(
      @PathVariable String name,
      @RequestParam @Nullable Integer limit,
      @RequestParam @Nullable String after) {
    PageRequest page = PageRequest.of(limit, after, MOST_MEMBERS);
    if (segments.find(name).isEmpty()) {
      throw new NotFound("segment");
    }
    return Page.of(
        memberships.members(name, page, person(page.after())),
        page,
        member -> member.personId().toString());
  }

  @PostMapping("/v1/segments/preview")
  Preview.Result preview(@RequestBody JsonNode body) {
    return preview.of(body);
  }

  private static @Nullable UUID person(@Nullable String after) {
    try {
      return after == null ? null : UUID.fromString(after);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest("after", "must be the \"next\" of the page before");
    }
  }
}
