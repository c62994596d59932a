package io.rebound.problems;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Problem details (RFC 9457) as all services write them: {@code urn:rebound:problem:<name>}. */
public final class Problems {
  private Problems() {}

  public static ProblemDetail of(HttpStatusCode status, String name, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create("urn:rebound:problem:" + name));
    return problem;
  }

  /** With the field at fault in {@code errors}. */
  public static ProblemDetail ofField(
      HttpStatusCode status, String name, String field, String reason) {
    ProblemDetail problem = of(status, name, field + " " + reason);
    problem.setProperty("errors", List.of(Map.of("field", field, "reason", reason)));
    return problem;
  }
}
