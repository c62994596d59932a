package io.rebound.sandbox.tenants;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Why there is no such tenant, or can't be; said as a problem detail. */
final class TenantRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final String field;
  private final String reason;

  private TenantRefusal(HttpStatus status, String field, String reason) {
    super(field + " " + reason, null, false, false);
    this.status = status;
    this.field = field;
    this.reason = reason;
  }

  /** The request makes no sense because of this field. */
  static TenantRefusal invalid(String field, String reason) {
    return new TenantRefusal(HttpStatus.BAD_REQUEST, field, reason);
  }

  /** It would make sense if there weren't what there is. */
  static TenantRefusal conflict(String field, String reason) {
    return new TenantRefusal(HttpStatus.CONFLICT, field, reason);
  }

  static TenantRefusal unknown() {
    return new TenantRefusal(HttpStatus.NOT_FOUND, "name", "is no tenant's");
  }

  ProblemDetail problem() {
    var problem = ProblemDetail.forStatusAndDetail(status, getMessage());
    problem.setProperty("errors", List.of(Map.of("field", field, "reason", reason)));
    return problem;
  }
}
