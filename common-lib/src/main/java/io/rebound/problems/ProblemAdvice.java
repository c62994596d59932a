package io.rebound.problems;

import static org.springframework.http.HttpStatus.BAD_REQUEST;
import static org.springframework.http.HttpStatus.INTERNAL_SERVER_ERROR;
import static org.springframework.http.HttpStatus.NOT_FOUND;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;

/** Never repeats a value of the request: it may be personal. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
  private static final int FRAMES = 12;

  @ExceptionHandler
  ProblemDetail invalid(InvalidRequest e) {
    return Problems.ofField(BAD_REQUEST, "invalid-request", e.field(), e.reason());
  }

  @ExceptionHandler
  ProblemDetail missing(NotFound e) {
    return Problems.of(NOT_FOUND, "not-found", String.valueOf(e.getMessage()));
  }

  @ExceptionHandler
  ProblemDetail wrongType(MethodArgumentTypeMismatchException e) {
    return Problems.ofField(BAD_REQUEST, "invalid-request", e.getName(), "has the wrong type");
  }

  /** A defect of ours: the log says where, without the text, which may quote personal data. */
  @ExceptionHandler
  ProblemDetail unexpected(RuntimeException e) {
    ProblemDetail problem =
        Problems.of(
            INTERNAL_SERVER_ERROR,
            "internal",
            "Something went wrong here; the service's log has it");
    log.atError()
        .addKeyValue("instance", problem.getInstance())
        .addKeyValue("failure", e.getClass().getName())
        .addKeyValue("at", Arrays.stream(e.getStackTrace()).limit(FRAMES).toList())
        .log("A request failed");
    return problem;
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleNoHandlerFoundException(
      NoHandlerFoundException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    return ResponseEntity.status(NOT_FOUND)
        .body(Problems.of(NOT_FOUND, "not-found", "There is nothing at this address"));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception e,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ResponseEntity<Object> answer =
        super.handleExceptionInternal(e, body, headers, status, request);
    if (answer != null && answer.getBody() instanceof ProblemDetail problem) {
      problem.setInstance(Problems.occurrence());
    }
    return answer;
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ProblemDetail problem =
        e.getCause() instanceof JacksonException json && !(json instanceof StreamReadException)
            ? Problems.ofField(BAD_REQUEST, "invalid-request", path(json), "has the wrong type")
            : Problems.ofField(BAD_REQUEST, "malformed-json", "body", "must be well-formed JSON");
    return ResponseEntity.status(BAD_REQUEST).body(problem);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
      MissingServletRequestParameterException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return ResponseEntity.status(BAD_REQUEST)
        .body(
            Problems.ofField(
                BAD_REQUEST, "invalid-request", e.getParameterName(), "must be given"));
  }

  private static String path(JacksonException e) {
    String path =
        e.getPath().stream()
            .map(step ->
                step.getPropertyName() == null
                    ? "[" + step.getIndex() + "]"
                    : "." + step.getPropertyName())
            .collect(Collectors.joining());
    return path.isEmpty() ? "body" : path.startsWith(".") ? path.substring(1) : path;
  }
}
