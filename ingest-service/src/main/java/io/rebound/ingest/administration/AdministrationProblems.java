package io.rebound.ingest.administration;

import io.rebound.problems.InvalidRequest;
import io.rebound.problems.Problems;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Errors of the administrative doors as problem details. */
@RestControllerAdvice
class AdministrationProblems {

  @ExceptionHandler
  @ResponseStatus(HttpStatus.BAD_REQUEST)
  ProblemDetail invalid(InvalidRequest request) {
    return Problems.ofField(
        HttpStatus.BAD_REQUEST, "invalid-request", request.field(), request.reason());
  }
}
