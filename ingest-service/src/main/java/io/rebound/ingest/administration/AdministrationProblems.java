package io.rebound.ingest.administration;

import io.rebound.problems.InvalidRequest;
import io.rebound.problems.NotFound;
import io.rebound.problems.Problems;
import java.sql.SQLException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ResponseStatusException;

/** Errors of the administrative doors as problem details; none repeats what a request said. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE) // before the framework's own
class AdministrationProblems {
  private static final String UNDEFINED_TABLE = "42P01";

  @ExceptionHandler
  @ResponseStatus(HttpStatus.BAD_REQUEST)
  ProblemDetail invalid(InvalidRequest request) {
    return Problems.ofField(
        HttpStatus.BAD_REQUEST, "invalid-request", request.field(), request.reason());
  }

  @ExceptionHandler
  @ResponseStatus(HttpStatus.NOT_FOUND)
  ProblemDetail missing(NotFound missing) {
    return Problems.of(HttpStatus.NOT_FOUND, "not-found", String.valueOf(missing.getMessage()));
  }

  /** What the framework refuses. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(ResponseStatusException refused) {
    ProblemDetail problem = refused.getBody();
    problem.setInstance(Problems.occurrence());
    return ResponseEntity.status(refused.getStatusCode())
        .headers(refused.getHeaders())
        .body(problem);
  }

  @ExceptionHandler
  @ResponseStatus(HttpStatus.CONFLICT)
  ProblemDetail conflict(Conflict conflict) {
    return Problems.of(HttpStatus.CONFLICT, "conflict", String.valueOf(conflict.getMessage()));
  }

  @ExceptionHandler
  @ResponseStatus(HttpStatus.PRECONDITION_FAILED)
  ProblemDetail changed(PreconditionFailed failed) {
    return Problems.of(
        HttpStatus.PRECONDITION_FAILED, "precondition-failed", String.valueOf(failed.getMessage()));
  }

  @ExceptionHandler({
    DataAccessResourceFailureException.class,
    CannotCreateTransactionException.class
  })
  @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
  ProblemDetail databaseAway() {
    return Problems.of(
        HttpStatus.SERVICE_UNAVAILABLE, "database-away", "The database is away; try again later");
  }

  /** An empty database that was away at the start gets its tables a moment after it is back. */
  @ExceptionHandler
  @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
  ProblemDetail tablesMissing(BadSqlGrammarException failure) {
    SQLException cause = failure.getSQLException();
    if (cause != null && UNDEFINED_TABLE.equals(cause.getSQLState())) {
      return databaseAway();
    }
    throw failure;
  }
}
