package io.rebound.sandbox.graph;

import io.rebound.sandbox.tokens.Token;
import io.rebound.sandbox.tokens.Tokens;
import org.springframework.stereotype.Component;

/**
 * Tokens for tokens: {@code /oauth/access_token} and {@code /oauth/revoke} (Business SDK, system
 * users). Called with the app's id and secret.
 */
@Component
final class Oauth {
  private final TokenCheck check;
  private final Tokens tokens;

  Oauth(TokenCheck check, Tokens tokens) {
    this.check = check;
    this.tokens = tokens;
  }

  /** A new token for a good one, or the app's own. */
  Answer accessToken(Params params) {
    checkApp(params);
    return switch (required(params, "grant_type")) {
      case "fb_exchange_token" -> {
        Token token = tokens.exchange(check.good(required(params, "fb_exchange_token")));
        yield Answer.of(
            Answer.object()
                .put("access_token", token.value())
                .put("token_type", "bearer")
                .put("expires_in", Tokens.SIXTY_DAYS.toSeconds()));
      }
      case "client_credentials" ->
          Answer.of(
              Answer.object().put("access_token", tokens.appToken()).put("token_type", "bearer"));
      default ->
          throw GraphError.invalidParameter(
              "Param grant_type must be fb_exchange_token or client_credentials");
    };
  }

  /** From now on the token is refused. */
  Answer revoke(Params params) {
    checkApp(params);
    tokens.revoke(check.good(required(params, "revoke_token")));
    return Answer.success();
  }

  private void checkApp(Params params) {
    String id = required(params, "client_id");
    if (!tokens.isApp(id, required(params, "client_secret"))) {
      throw GraphError.of(400, 1, "Error validating client secret.");
    }
  }

  private static String required(Params params, String name) {
    return params
        .text(name)
        .orElseThrow(() -> GraphError.invalidParameter("Missing " + name + " parameter"));
  }
}
