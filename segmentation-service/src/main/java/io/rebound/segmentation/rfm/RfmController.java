package io.rebound.segmentation.rfm;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Subject;
import io.rebound.problems.InvalidRequest;
import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/rfm}: all customers' RFM at a moment, which is now unless {@code at} is given. */
@RestController
class RfmController {
  private static final int MOST = 10_000;
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private final RfmTable table;
  private final Clock clock;
  private final AuditLog audit;

  RfmController(RfmTable table, Clock clock, AuditLog audit) {
    this.table = table;
    this.clock = clock;
    this.audit = audit;
  }

  @GetMapping("/v1/rfm")
  Page<Rfm> rfm(
      @RequestParam @Nullable String at,
      @RequestParam @Nullable Integer limit,
      @RequestParam @Nullable String after,
      Principal caller) {
    PageRequest page = PageRequest.of(limit, after, MOST);
    Instant moment = at == null ? clock.instant() : moment(at);
    Page<Rfm> customers =
        Page.of(
            table.at(moment, page, person(page.after())),
            page,
            customer -> String.valueOf(customer.personId()));
    audit.append(
        AuditEntry.administration(caller, AuditAction.PERSONS_LISTED, Subject.all("rfm"))
            .with("persons", customers.data().size()));
    return customers;
  }

  private static Instant moment(String at) {
    try {
      Instant moment = OffsetDateTime.parse(at.replace(' ', '+')).toInstant();
      if (moment.isBefore(EARLIEST) || moment.isAfter(LATEST)) {
        throw new InvalidRequest("at", "must be between the years 1970 and 2200");
      }
      return moment;
    } catch (DateTimeParseException e) {
      throw new InvalidRequest("at", "must be a time such as 2026-07-01T00:00:00Z");
    }
  }

  private static @Nullable UUID person(@Nullable String after) {
    try {
      return after == null ? null : UUID.fromString(after);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest("after", "must be the \"next\" of the page before");
    }
  }
}
