package io.rebound.sandbox.graph;

import io.rebound.sandbox.SandboxProperties;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides who answers a Graph call: version first, then the token, then the object. */
@Component
class GraphApi {
  private final SandboxProperties.Versions versions;
  private final TokenCheck tokens;
  private final List<GraphNodes> nodes;
  private final DebugToken debugToken;
  private final Gateway gateway;
  private final Charges charges;

  GraphApi(
      SandboxProperties properties,
      TokenCheck tokens,
      List<GraphNodes> nodes,
      DebugToken debugToken,
      Gateway gateway,
      Charges charges) {
    this.versions = properties.versions();
    this.tokens = tokens;
    this.nodes = nodes;
    this.debugToken = debugToken;
    this.gateway = gateway;
    this.charges = charges;
  }

  /** A call as it came: its path still has the version. */
  record Call(
      String method,
      String path,
      @Nullable String authorization,
      Params params,
      String fbtraceId,
      String address) {}

  /** What it came to, with what Meta tells in headers: limits, and whether the version is old. */
  record Result(Answer answer, Map<String, String> headers) {}

  Result answer(Call call) {
    var headers = new LinkedHashMap<String, String>();
    try {
      return new Result(decide(call, headers), headers);
    } catch (GraphError refusal) {
      return new Result(refusal.answer(call.fbtraceId()), headers);
    }
  }

  private Answer decide(Call call, Map<String, String> headers) {
    List<String> path =
        Arrays.stream(call.path().split("/")).filter(part -> !part.isEmpty()).toList();
    if (path.isEmpty()) {
      throw GraphError.unknownPath("");
    }
    if (path.getFirst().equals(Gateway.PREFIX)) {
      return gateway.answer(call, path.subList(1, path.size()));
    }
    int version = version(path);
    List<String> rest = path.subList(1, path.size());
    if (rest.isEmpty()) {
      throw GraphError.of(400, 100, "(#100) The parameter ids is required");
    }
    tokens.check(call.authorization(), call.params());
    var request =
        new GraphRequest(
            effectiveMethod(call), rest, call.params(), call.fbtraceId(), call.address());
    Optional<GraphNodes> owner =
        nodes.stream().filter(kind -> kind.has(request.object())).findFirst();
    charges.count(request, owner.orElse(null), headers);
    if (owner.isEmpty()) {
      return withoutObject(request);
    }
    if (owner.get().marketing() && version < versions.oldestForMarketing()) {
      headers.put("X-Ad-Api-Version-Warning", warning(version));
    }
    return owner.get().answer(request);
  }

  private Answer withoutObject(GraphRequest request) {
    return switch (String.join("/", request.path())) {
      case "debug_token" -> debugToken.answer(request);
      case "me" ->
          Answer.of(Answer.object().put("name", "Sandbox").put("id", "122190000000000001"));
      default -> throw GraphError.unknownObject(request.method(), request.object());
    };
  }

  private int version(List<String> path) {
    String first = path.getFirst();
    int version = number(first);
    if (version < 0) {
      throw GraphError.of(
          400, 2500, "Unknown path components: /" + String.join("/", path) + " (no version)");
    }
    if (version > versions.newest()) {
      throw GraphError.unknownPath(String.join("/", path.subList(1, path.size())));
    }
    if (version < versions.oldest()) {
      throw GraphError.of(
          400,
          2635,
          "(#2635) You are calling a deprecated version of the Ads API. Please update to the latest version: v"
              + versions.newest()
              + ".0.");
    }
    return version;
  }

  private static int number(String segment) {
    if (segment.length() < 4 || segment.charAt(0) != 'v' || !segment.endsWith(".0")) {
      return -1;
    }
    return Params.number(segment.substring(1, segment.length() - 2)).isPresent()
        ? Integer.parseInt(segment.substring(1, segment.length() - 2))
        : -1;
  }

  private static String effectiveMethod(Call call) {
    return call.method().equals("POST")
        ? call.params()
            .text("method")
            .map(method -> method.toUpperCase(java.util.Locale.ROOT))
            .filter(method -> method.equals("DELETE") || method.equals("GET"))
            .orElse("POST")
        : call.method();
  }

  private String warning(int version) {
    return "The call has been auto-upgraded to v%d.0 as v%d.0 has been deprecated"
        .formatted(versions.oldestForMarketing(), version);
  }
}
