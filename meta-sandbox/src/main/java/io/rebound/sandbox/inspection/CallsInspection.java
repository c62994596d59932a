package io.rebound.sandbox.inspection;

import io.rebound.sandbox.calls.CallLog;
import io.rebound.sandbox.calls.LoggedCall;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which Graph calls came. */
@RestController
class CallsInspection {
  private final CallLog calls;

  CallsInspection(CallLog calls) {
    this.calls = calls;
  }

  /** The latest calls, newest first; only the last 500 are kept. */
  @GetMapping("/_sandbox/calls")
  ObjectNode calls(@RequestParam(defaultValue = "100") int limit) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("count", calls.count());
    ObjectNode usage = answer.putObject("usage_percent");
    calls.usage().forEach(usage::put);
    ArrayNode data = answer.putArray("data");
    for (LoggedCall call : calls.newest(Pages.limit(limit))) {
      data.addObject()
          .put("at", call.at().toString())
          .put("method", call.method())
          .put("path", call.path())
          .put("status", call.status())
          .put("code", call.code())
          .put("duration_ms", call.millis())
          .put("fbtrace_id", call.traceId());
    }
    return answer;
  }
}
