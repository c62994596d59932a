package io.rebound.sandbox.calls;

import io.rebound.sandbox.faults.AbruptEnd;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.JsonNode;

/** Notes every Graph call once it is answered; calls to the inspection and the page are none. */
@Component
public final class LogCalls extends OncePerRequestFilter {
  private static final String CODE = LogCalls.class.getName();
  private static final Pattern OURS = Pattern.compile("/|/(_sandbox|assets|actuator|favicon\\.).*");
  private static final int LONGEST_PATH = 160;

  private final CallLog log;
  private final Clock clock;

  LogCalls(CallLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  /** Remembers the error code of an answer, if it is an error. */
  public static void answered(ServletRequest request, @Nullable JsonNode body) {
    if (body != null) {
      request.setAttribute(CODE, body.path("error").path("code").asInt(0));
    }
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return OURS.matcher(request.getRequestURI()).matches();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Instant at = clock.instant();
    long start = System.nanoTime();
    try {
      chain.doFilter(request, response);
    } finally {
      long millis = (System.nanoTime() - start) / 1_000_000;
      log.add(call(request, response, at, millis), Usage.of(response));
    }
  }

  private static LoggedCall call(
      HttpServletRequest request, HttpServletResponse response, Instant at, long millis) {
    String path = request.getRequestURI();
    String trace = response.getHeader("X-FB-Trace-ID");
    return new LoggedCall(
        at,
        request.getMethod(),
        path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "…",
        AbruptEnd.isMarked(request) ? 0 : response.getStatus(),
        request.getAttribute(CODE) instanceof Integer code ? code : 0,
        millis,
        trace == null ? "" : trace);
  }
}
