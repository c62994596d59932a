package io.rebound.sandbox.graph;

import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Calls that are about no object of the sandbox: tokens, the caller itself. */
@Component
class Objectless {
  private static final Set<String> CORE = Set.of("oauth", "debug_token", "me");

  private final DebugToken debugToken;
  private final Oauth oauth;

  Objectless(DebugToken debugToken, Oauth oauth) {
    this.debugToken = debugToken;
    this.oauth = oauth;
  }

  /** The Graph API's core takes the app's usual version for none; the Marketing API doesn't. */
  boolean needsNoVersion(List<String> path) {
    return CORE.contains(path.getFirst());
  }

  /** The app's secret is asked for instead. */
  boolean needsNoToken(List<String> path) {
    return path.getFirst().equals("oauth");
  }

  Answer answer(List<String> path, GraphApi.Call call) {
    return switch (String.join("/", path)) {
      case "debug_token" -> debugToken.answer(call.params());
      case "oauth/access_token" -> oauth.accessToken(call.params());
      case "oauth/revoke" -> oauth.revoke(call.params());
      case "me" ->
          Answer.of(Answer.object().put("name", "Sandbox").put("id", "122190000000000001"));
      default -> throw GraphError.unknownObject(call.method(), path.getFirst());
    };
  }
}
