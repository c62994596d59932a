package io.rebound.sandbox.graph;

import io.rebound.sandbox.calls.LogCalls;
import io.rebound.sandbox.faults.AbruptEnd;
import io.rebound.sandbox.faults.Fault;
import io.rebound.sandbox.faults.Faults;
import io.rebound.sandbox.faults.Substitute;
import io.rebound.sandbox.faults.Truncation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
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

  GraphDoor(GraphApi api, Faults faults) {
    this.api = api;
    this.faults = faults;
  }

  @RequestMapping("/**")
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String path = request.getRequestURI();
    Optional<Fault> fault = faults.next(request.getMethod(), path);
    HttpServletResponse out =
        fault.map(spoilt -> Truncation.of(spoilt, request, response)).orElse(response);
    GraphApi.Result result = null;
    String trace = TraceIds.next();
    fault.map(Fault::latency).ifPresent(GraphDoor::waitFor);
    if (fault.isEmpty() || fault.get().hasEffect()) {
      result = result(request, path, trace);
    }
    if (fault.isPresent()) {
      waitFor(fault.get().hang());
      if (fault.get().replacesAnswer()) {
        fail(fault.get(), trace, request, out);
        return;
      }
      tellFewer(result, fault.get().missingEvents());
    }
    if (result != null) {
      LogCalls.answered(request, result.answer().body());
      write(result, path, trace, out);
    }
  }

  private GraphApi.Result result(HttpServletRequest request, String path, String trace)
      throws IOException {
    Params params;
    try {
      params = RequestReader.read(request);
    } catch (GraphError refusal) {
      return new GraphApi.Result(refusal.answer(trace), Map.of());
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
    result.headers().forEach(response::setHeader);
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
    if (!path.startsWith("/" + Gateway.PREFIX)) {
      response.setHeader("facebook-api-version", version(path));
    }
    response.setHeader("Cache-Control", "private, no-cache, no-store, must-revalidate");
  }

  private static String version(String path) {
    int end = path.indexOf('/', 1);
    return path.substring(1, end < 0 ? path.length() : end);
  }

  private static void fail(
      Fault fault, String trace, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Substitute substitute = fault.substitute();
    if (substitute == null || fault.reset()) {
      AbruptEnd.mark(request);
      return;
    }
    LogCalls.answered(request, substitute.json());
    substitute.headers().forEach(response::setHeader);
    response.setHeader("X-FB-Trace-ID", trace);
    if (substitute.html() != null) {
      byte[] page = substitute.html().getBytes(StandardCharsets.UTF_8);
      send(substitute.status(), "text/html; charset=utf-8", page, response);
      return;
    }
    byte[] json = body(substitute.json(), trace);
    send(substitute.status(), "application/json; charset=UTF-8", json, response);
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

  // all events were taken: only the answer says otherwise
  private static void tellFewer(GraphApi.@Nullable Result result, int missing) {
    if (result != null
        && result.answer().body() instanceof ObjectNode body
        && body.path("events_received").isNumber()) {
      int taken = body.path("events_received").asInt();
      body.put("events_received", Math.max(0, taken - missing));
    }
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
