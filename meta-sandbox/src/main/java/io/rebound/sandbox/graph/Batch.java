package io.rebound.sandbox.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Several calls in one: {@code batch=[…]} (Graph API, batch requests). They are done one after the
 * other, each is counted, and each is answered with its own code and its body as a text.
 */
final class Batch {
  private static final int MOST = 50;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final GraphApi.Call whole;
  private final Function<GraphApi.Call, GraphApi.Result> api;
  private final boolean showHeaders;
  private final Map<String, @Nullable JsonNode> byName = new HashMap<>(); // null: it failed

  Batch(GraphApi.Call whole, Function<GraphApi.Call, GraphApi.Result> api) {
    this.whole = whole;
    this.api = api;
    this.showHeaders = whole.params().flag("include_headers", true);
  }

  /** All answers in the order of the calls; a suppressed one is null. */
  Answer answer() {
    JsonNode calls = whole.params().json("batch");
    if (!calls.isArray() || calls.isEmpty()) {
      throw GraphError.invalidParameter("The parameter batch is required and must be an array");
    }
    if (calls.size() > MOST) {
      throw GraphError.invalidParameter(
          "Too many requests in batch message. Maximum batch size is " + MOST);
    }
    for (JsonNode call : calls) {
      if (call.path("relative_url").asString("").isEmpty()) {
        throw GraphError.invalidParameter("Each batch request needs a relative_url");
      }
    }
    var references = new References(byName);
    ArrayNode answers = JSON.createArrayNode();
    for (JsonNode call : calls) {
      answers.add(one(call, references));
    }
    return Answer.of(answers);
  }

  private JsonNode one(JsonNode call, References references) {
    String name = call.path("name").asString("");
    String needed = call.path("depends_on").asString("");
    GraphApi.Result result;
    try {
      if (!needed.isEmpty() && byName.get(needed) == null) {
        throw GraphError.invalidParameter("The request " + needed + " didn't succeed");
      }
      result = api.apply(call(call, references));
    } catch (GraphError refusal) {
      result = new GraphApi.Result(refusal.answer(whole.fbtraceId()), Map.of());
    }
    Answer answer = result.answer();
    if (!name.isEmpty()) {
      byName.put(name, answer.status() == 200 ? answer.body() : null);
    }
    boolean omitted =
        answer.status() == 200 && call.path("omit_response_on_success").asBoolean(false);
    return omitted ? JSON.nullNode() : shown(result);
  }

  private GraphApi.Call call(JsonNode call, References references) {
    String url = references.filled(call.path("relative_url").asString(""));
    int question = url.indexOf('?');
    String path = question < 0 ? url : url.substring(0, question);
    var params = new Params();
    for (String inherited : List.of("access_token", "appsecret_proof", "appsecret_time")) {
      whole.params().text(inherited).ifPresent(value -> params.put(inherited, value));
    }
    RequestReader.form(params, question < 0 ? null : url.substring(question + 1));
    RequestReader.form(params, references.filled(call.path("body").asString("")));
    if (call.path("access_token").isString()) {
      params.put("access_token", call.path("access_token").asString());
    }
    String full = "/" + (path.startsWith("/") ? path.substring(1) : path);
    String versioned = Versions.isAt(full) ? full : whole.version() + full;
    return new GraphApi.Call(
        call.path("method").asString("GET").toUpperCase(Locale.ROOT),
        versioned,
        params.text("access_token").isPresent() ? null : whole.authorization(),
        params,
        TraceIds.next(),
        whole.host() + versioned);
  }

  private ObjectNode shown(GraphApi.Result result) {
    ObjectNode shown = Answer.object().put("code", result.answer().status());
    if (showHeaders) {
      var headers = new LinkedHashMap<String, String>(result.headers());
      headers.put("Content-Type", "application/json; charset=UTF-8");
      var list = new ArrayList<ObjectNode>();
      headers.forEach(
          (name, value) -> list.add(Answer.object().put("name", name).put("value", value)));
      shown.putArray("headers").addAll(list);
    }
    return shown.put("body", result.answer().body().toString());
  }
}
