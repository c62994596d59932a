package io.rebound.segmentation.segments;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Subject;
import io.rebound.problems.InvalidRequest;
import io.rebound.problems.NotFound;
import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
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
  private final AuditLog audit;

  SegmentsController(
      SegmentDesk desk,
      Segments segments,
      Memberships memberships,
      Preview preview,
      AuditLog audit) {
    this.desk = desk;
    this.segments = segments;
    this.memberships = memberships;
    this.preview = preview;
    this.audit = audit;
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
  @Transactional
  ResponseEntity<View> put(
      @PathVariable String name, @RequestBody JsonNode body, Principal caller) {
    boolean created = desk.put(name, body);
    audit.append(
        AuditEntry.administration(
            caller, AuditAction.SEGMENT_CHANGED, Subject.of("segment", name)));
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
  @Transactional
  void delete(@PathVariable String name, Principal caller) {
    desk.delete(name);
    audit.append(
        AuditEntry.administration(
            caller, AuditAction.SEGMENT_DELETED, Subject.of("segment", name)));
  }

  @GetMapping("/v1/segments/{name}/members")
  Page<Memberships.Member> members(
      @PathVariable String name,
      @RequestParam @Nullable Integer limit,
      @RequestParam @Nullable String after,
      Principal caller) {
    PageRequest page = PageRequest.of(limit, after, MOST_MEMBERS);
    if (segments.find(name).isEmpty()) {
      throw new NotFound("segment");
    }
    Page<Memberships.Member> members =
        Page.of(
            memberships.members(name, page, person(page.after())),
            page,
            member -> member.personId().toString());
    audit.append(
        AuditEntry.administration(caller, AuditAction.PERSONS_LISTED, Subject.of("segment", name))
            .with("persons", members.data().size()));
    return members;
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
