package io.rebound.sandbox.graph;

import io.rebound.sandbox.calls.LogCalls;
import io.rebound.sandbox.faults.AbruptEnd;
import io.rebound.sandbox.faults.Fault;
import io.rebound.sandbox.faults.Faults;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The HTTP side of the Graph API: bytes in, Meta's answer and headers out, faults in between. */
@RestController
class GraphDoor {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final GraphApi api;
  private final Faults faults;
  private final CallCount calls;
  private final UsageHeader usage;

  GraphDoor(GraphApi api, Faults faults, CallCount calls, UsageHeader usage) {
    this.api = api;
    this.faults = faults;
    this.calls = calls;
    this.usage = usage;
  }

  @RequestMapping("/**")
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String path = request.getRequestURI();
    Optional<Fault> fault = faults.next(request.getMethod(), path);
    GraphApi.Result result = null;
    String trace = TraceIds.next();
    if (fault.isEmpty() || !fault.get().replacesAnswer() || fault.get().afterEffect()) {
      result = result(request, path, trace);
    }
    if (fault.isPresent()) {
      waitFor(fault.get().hang());
      if (fault.get().replacesAnswer()) {
        fail(fault.get(), trace, request, response);
        return;
      }
    }
    if (result != null) {
      LogCalls.answered(request, result.answer().body());
      write(result, path, trace, response);
    }
  }

  private GraphApi.Result result(HttpServletRequest request, String path, String trace)
      throws IOException {
    Params params;
    try {
      params = RequestReader.read(request);
    } catch (GraphError refusal) {
      return new GraphApi.Result(refusal.answer(trace), null);
    }
    return api.answer(
        new GraphApi.Call(
            request.getMethod(),
            path,
            request.getHeader("Authorization"),
            params,
            trace,
            request.getRequestURL().toString()));
  }

  private void write(
      GraphApi.Result result, String path, String trace, HttpServletResponse response)
      throws IOException {
    headers(path, trace, response);
    if (result.warning() != null) {
      response.setHeader("X-Ad-Api-Version-Warning", result.warning());
    }
    Answer answer = result.answer();
    if (answer.status() == 401) {
      response.setHeader(
          "WWW-Authenticate",
          "OAuth \"Facebook Platform\" \"invalid_token\" \""
              + answer.body().path("error").path("message").asString("")
              + "\"");
    }
    send(answer.status(), "application/json; charset=UTF-8", bytes(answer.body()), response);
  }

  private void headers(String path, String trace, HttpServletResponse response) {
    response.setHeader("X-FB-Trace-ID", trace);
    response.setHeader("X-FB-Request-ID", trace);
    response.setHeader("X-FB-Rev", "1030000000");
    response.setHeader("facebook-api-version", version(path));
    response.setHeader("Cache-Control", "private, no-cache, no-store, must-revalidate");
    long percent = calls.countAndPercent();
    response.setHeader(
        "X-App-Usage",
        "{\"call_count\":%d,\"total_time\":%d,\"total_cputime\":%d}"
            .formatted(percent, percent, percent));
    String business = usage.value(path, percent);
    if (business != null) {
      response.setHeader("X-Business-Use-Case-Usage", business);
    }
  }

  private static String version(String path) {
    int end = path.indexOf('/', 1);
    return path.substring(1, end < 0 ? path.length() : end);
  }

  private static void fail(
      Fault fault, String trace, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (fault.reset()) {
      AbruptEnd.mark(request);
      return;
    }
    LogCalls.answered(request, fault.json());
    fault.headers().forEach(response::setHeader);
    response.setHeader("X-FB-Trace-ID", trace);
    if (fault.html() != null) {
      byte[] page = fault.html().getBytes(StandardCharsets.UTF_8);
      send(fault.status(), "text/html; charset=utf-8", page, response);
      return;
    }
    send(fault.status(), "application/json; charset=UTF-8", body(fault.json(), trace), response);
  }

  private static byte[] body(@Nullable ObjectNode json, String trace) {
    ObjectNode body = json == null ? Answer.object() : json.deepCopy();
    if (body.get("error") instanceof ObjectNode error && !error.has("fbtrace_id")) {
      error.put("fbtrace_id", trace);
    }
    return bytes(body);
  }

  private static byte[] bytes(JsonNode body) {
    return JSON.writeValueAsBytes(body);
  }

  private static void send(int status, String type, byte[] body, HttpServletResponse response)
      throws IOException {
    response.setStatus(status);
    response.setContentType(type);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static void waitFor(Duration hang) {
    if (hang.isZero()) {
      return;
    }
    try {
      Thread.sleep(hang);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
