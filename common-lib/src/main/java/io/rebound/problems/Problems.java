package io.rebound.problems;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Problem details (RFC 9457) as all services write them: {@code urn:rebound:problem:<name>}. */
public final class Problems {
  private Problems() {}

  public static ProblemDetail of(HttpStatusCode status, String name, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create("urn:rebound:problem:" + name));
    problem.setInstance(occurrence());
    return problem;
  }

  /**
   * A name for one occurrence of a problem. The framework would give the request's address, which
   * may say whom somebody looked for.
   */
  public static URI occurrence() {
    return URI.create("urn:uuid:" + UUID.randomUUID());
  }

  /** With the field at fault in {@code errors}. */
  public static ProblemDetail ofField(
      HttpStatusCode status, String name, String field, String reason) {
    ProblemDetail problem = of(status, name, field + " " + reason);
    problem.setProperty("errors", List.of(Map.of("field", field, "reason", reason)));
    return problem;
  }
}
