package io.rebound.identity.links;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Subject;
import io.rebound.problems.InvalidRequest;
import io.rebound.problems.NotFound;
import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import java.security.Principal;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Why somebody is one person, and an operator's decision that they aren't. A decision is kept at
 * once and carried out by the consumer within a second, as if the link had never been seen; it
 * holds for all time, whatever is seen later, until it is taken back. Each is audited.
 */
@RestController
class LinksController {
  private static final int MOST = 1000;
  private static final Pattern REASON = Pattern.compile("[A-Za-z0-9._:/,-]{1,200}");

  private final LinkTable links;
  private final AuditLog audit;

  LinksController(LinkTable links, AuditLog audit) {
    this.links = links;
    this.audit = audit;
  }

  @GetMapping("/v1/persons/{personId}/why")
  Page<Link> why(
      @PathVariable UUID personId,
      @RequestParam @Nullable Integer limit,
      @RequestParam @Nullable String after,
      Principal caller) {
    UUID person = person(personId);
    PageRequest page = PageRequest.of(limit, after, MOST);
    audit.append(
        AuditEntry.administration(caller, AuditAction.PERSON_READ, Subject.person(person))
            .with("by", "why"));
    return Page.of(links.of(person, page), page, link -> link.linkId().toString());
  }

  /**
   * What is undone.
   *
   * @param reason for the audit, for instance a ticket: no free text, which would name people
   */
  record Split(@Nullable List<UUID> links, @Nullable String reason) {}

  /** How many links are undone. */
  record Undone(int links) {}

  @PostMapping("/v1/persons/{personId}/split")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Transactional
  Undone split(@PathVariable UUID personId, @RequestBody Split split, Principal caller) {
    UUID person = person(personId);
    if (split.links() == null || split.links().isEmpty() || split.links().size() > MOST) {
      throw new InvalidRequest("links", "must have 1 to " + MOST + " ids of the person's links");
    }
    if (split.reason() == null || !REASON.matcher(split.reason()).matches()) {
      throw new InvalidRequest(
          "reason", "must be 1 to 200 letters, digits and . _ : / , - for instance a ticket");
    }
    Set<UUID> wanted = Set.copyOf(split.links());
    if (!links.about(person, wanted).equals(wanted)) {
      throw new InvalidRequest("links", "must all be links of this person");
    }
    links.decide(wanted, true);
    audit.append(
        AuditEntry.administration(caller, AuditAction.PERSON_SPLIT, Subject.person(person))
            .with("reason", split.reason())
            .with("links", wanted.size()));
    return new Undone(wanted.size());
  }

  @PostMapping("/v1/persons/{personId}/links/{linkId}/restore")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Transactional
  void restore(@PathVariable UUID personId, @PathVariable UUID linkId, Principal caller) {
    UUID person = person(personId);
    if (links.about(person, Set.of(linkId)).isEmpty()) {
      throw new NotFound("link of this person");
    }
    links.decide(Set.of(linkId), false);
    audit.append(
        AuditEntry.administration(caller, AuditAction.PERSON_LINK_RESTORED, Subject.person(person))
            .with("link", linkId));
  }

  private UUID person(UUID id) {
    return links.person(id).orElseThrow(() -> new NotFound("person"));
  }

  static UUID id(String field, String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest(field, "must be the \"next\" of the page before");
    }
  }
}
