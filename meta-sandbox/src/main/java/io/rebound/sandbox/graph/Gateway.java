package io.rebound.sandbox.graph;

import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The Conversions API Gateway's way in: {@code POST /capi/{dataset}/events} without a version, with
 * {@code accessKey} in the body instead of a token, answered 202. Seen from the official Java SDK's
 * {@code CAPIGatewayEndpoint}, which looks at nothing but the status. A gateway's keys are its own;
 * here they are the sandbox's tokens, and no proof is asked for.
 */
@Component
final class Gateway {
  /** The first part of its paths. */
  static final String PREFIX = "capi";

  private static final int ACCEPTED = 202;

  private final TokenCheck tokens;
  private final List<GraphNodes> nodes;

  Gateway(TokenCheck tokens, List<GraphNodes> nodes) {
    this.tokens = tokens;
    this.nodes = nodes;
  }

  /** Answers as the events' own path does, but for the status. */
  Answer answer(GraphApi.Call call, List<String> path) {
    String key =
        call.params()
            .text("accessKey")
            .orElseThrow(() -> GraphError.of(401, 104, "The parameter accessKey is required"));
    tokens.good(key);
    if (!call.method().equals("POST") || path.size() != 2 || !path.getLast().equals("events")) {
      throw GraphError.unknownPath(PREFIX + "/" + String.join("/", path));
    }
    var request =
        new GraphRequest(
            call.method(),
            path,
            call.params(),
            call.fbtraceId(),
            call.address(),
            call.host(),
            false);
    GraphNodes dataset =
        nodes.stream()
            .filter(kind -> kind.has(request.object()))
            .findFirst()
            .orElseThrow(() -> GraphError.unknownObject("POST", request.object()));
    return new Answer(ACCEPTED, dataset.answer(request).body());
  }
}
