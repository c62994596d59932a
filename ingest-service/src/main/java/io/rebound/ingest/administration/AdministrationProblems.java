package io.rebound.ingest.administration;

import io.rebound.problems.InvalidRequest;
import io.rebound.problems.NotFound;
import io.rebound.problems.Problems;
import java.sql.SQLException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Errors of the administrative doors as problem details. */
@RestControllerAdvice
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

  @ExceptionHandler
  @ResponseStatus(HttpStatus.CONFLICT)
  ProblemDetail conflict(Conflict conflict) {
    return Problems.of(HttpStatus.CONFLICT, "conflict", String.valueOf(conflict.getMessage()));
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
